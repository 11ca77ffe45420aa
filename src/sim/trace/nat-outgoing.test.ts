/** What Calico's masquerade makes of Pods that ask outside their range, as a kernel does. */
import { describe, expect, test } from 'vitest'
import {
  calicoPool,
  fivePods,
  kernelLab,
  onlyNear,
  outcome,
  sendTo,
  serviceYaml,
} from './kernel-lab.fixture.ts'
import type { Trace } from './trace.ts'

const near = 'pod/default/near'

describe('with natOutgoing of Calico’s IPPool', () => {
  const outside = `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: api-1, labels: { kubernetes.io/service-name: api } }
addressType: IPv4
ports: [{ name: "", port: 10250 }]
endpoints: [{ addresses: [192.168.61.12] }]
---
apiVersion: v1
kind: Service
metadata: { name: api }
spec: { clusterIP: 10.96.0.81, ports: [{ port: 443, targetPort: 10250 }] }
`
  const lab = (spec = '') => kernelLab(...fivePods, onlyNear, calicoPool(true), serviceYaml(spec), outside)
  const sourcesAt = (trace: Trace, host: string) =>
    new Set(trace.hops.filter((hop) => hop.place.host === host).map((hop) => hop.before.src))

  test.each([
    {
      claim: 'a ping to a ClusterIP is lost at the router all the same',
      url: 'ping 10.96.0.80',
      seen: 'timed-out: silence in routing of 192.168.61.1',
    },
    {
      claim: 'a Pod that asks the laptop’s closed port is refused',
      url: 'tcp://192.168.61.100:81',
      seen: 'refused: RST of laptop',
    },
    {
      claim: 'a Pod’s own address reaches the Pods of the other node',
      url: 'tcp://172.31.2.14:80',
      seen: 'web-4 saw 172.31.1.2, port kept',
    },
    {
      claim: 'another node’s node port is asked by the Pod’s node',
      spec: 'type: NodePort\nexternalTrafficPolicy: Local',
      url: 'tcp://192.168.61.12:NODEPORT',
      seen: /^web-[45] saw 192.168.61.11, another port$/,
    },
    {
      claim: 'a Service’s endpoint that is another node sees the Pod’s node',
      url: 'tcp://10.96.0.81:443',
      seen: 'host02 saw 192.168.61.11, another port',
    },
  ])('$claim', ({ spec, url, seen }) => {
    expect(outcome(sendTo(lab(spec), near, url))).toMatch(seen)
  })
  test('a lost ping was rewritten once, by the Pod’s node', () => {
    const trace = sendTo(lab(), near, 'ping 10.96.0.80')
    const rewrites = trace.hops.filter((hop) => hop.kind === 'rewrite')
    expect(rewrites.map((hop) => hop.title.id)).toEqual(['hop.snat-outgoing.title'])
    expect(sourcesAt(trace, '192.168.61.1')).toEqual(new Set(['192.168.61.11']))
  })
})
