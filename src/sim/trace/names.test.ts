/** Names as a person meets them: a Pod's own files, DNS Pods that are down, and who answers what. */
import { describe, expect, test } from 'vitest'
import { chapterLab, hopOf, request } from './chapter-lab.fixture.ts'
import { applyText } from './kernel-lab.fixture.ts'
import type { Lab } from '../lab.ts'
import type { Trace } from './trace.ts'

const deployment = { kind: 'Deployment', namespace: 'kube-system', name: 'coredns' }
const secondsOf = ({ startedAtMs, endedAtMs }: Trace) => Math.round((endedAtMs - startedAtMs) / 1000)

function podYaml(name: string, spec: string): string {
  return `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: { app: ${name} } }
spec:
  nodeName: host01
  containers: [{ name: main, image: "debian:12" }]
  ${spec}
`
}

function labWith(...pods: readonly string[]): Lab {
  const lab = chapterLab()
  for (const [index, text] of pods.entries()) applyText(lab, `pod-${index}.yaml`, text)
  return lab
}

function send(lab: Lab, url: string, pod = 'asker'): Trace {
  return lab.send(request(`pod/default/${pod}`, url))
}

function dig(lab: Lab, name: string, pod = 'asker'): readonly string[] {
  const { result } = send(lab, `dig ${name}`, pod)
  return result.kind === 'dns' ? (result.reply?.answer ?? []).map(({ data }) => data) : []
}

describe('DNS Pods that are down', () => {
  test('leave a Service without endpoints: the node refuses, and a lookup fails at once', () => {
    const lab = labWith(podYaml('asker', ''))
    lab.scale(deployment, 0)
    const trace = send(lab, 'http://nginx/')
    expect(hopOf(trace, 'refuse').title.id).toBe('hop.rejected.title')
    expect(trace.verdict.phrase.id).toBe('verdict.name-try-again')
    expect(secondsOf(trace)).toBe(0)
  })

  test.each([
    { image: 'debian:12', seconds: 20, why: 'two names, twice five seconds each' },
    { image: 'alpine', seconds: 5, why: 'one name, five seconds in all' },
  ])('and do not even refuse cost $image $seconds s: $why', ({ image, seconds }) => {
    const lab = labWith(podYaml('asker', '').replace('debian:12', image))
    for (const node of ['host01', 'host02', 'host03']) {
      const rules = lab.iptablesSave(node)
      const dropped = rules.replace(
        /^(:OUTPUT .*\n(?:.*\n)*?)(?=-A FORWARD)/m,
        '$1-A FORWARD -p udp -m udp --dport 53 -j DROP\n',
      )
      expect(dropped).not.toBe(rules)
      expect(lab.pasteRules(`${node}.iptables-save`, dropped).diagnostics).toEqual([])
    }
    const trace = send(lab, 'http://nginx/')
    expect(trace.verdict.phrase.id).toBe('verdict.name-try-again')
    expect(secondsOf(trace)).toBe(seconds)
  })
})

describe('a Pod’s resolv.conf', () => {
  test.each([
    { spec: '', finds: true },
    { spec: 'dnsPolicy: Default', finds: false },
    {
      spec: 'dnsPolicy: None\n  dnsConfig: { nameservers: [10.96.0.10], searches: [default.svc.cluster.local] }',
      finds: true,
    },
    { spec: 'dnsPolicy: None\n  dnsConfig: { nameservers: [10.96.0.10] }', finds: false },
    { spec: 'hostNetwork: true', finds: false },
    { spec: 'hostNetwork: true\n  dnsPolicy: ClusterFirstWithHostNet', finds: true },
  ])('decides whether nginx is found: $spec', ({ spec, finds }) => {
    const trace = send(labWith(podYaml('asker', spec)), 'http://nginx/')
    expect(trace.verdict.kind === 'answered').toBe(finds)
  })
})

test('a name of hostAliases asks nobody', () => {
  const lab = labWith(podYaml('asker', 'hostAliases: [{ ip: 10.97.82.217, hostnames: [shop] }]'))
  const trace = send(lab, 'http://shop/')
  expect(trace.hops.some(({ message }) => message?.kind === 'dns')).toBe(false)
  expect(trace.hops.find(({ title }) => title.id.startsWith('hop.resolved'))?.title.id).toBe(
    'hop.resolved-hosts.title',
  )
})

describe('CoreDNS', () => {
  const headless = (more: string) => `
apiVersion: v1
kind: Service
metadata: { name: peers }
spec: { clusterIP: None, selector: { app: starting }, ports: [{ port: 80 }], ${more} }
`
  const starting = podYaml('starting', '').replace(
    /$/,
    'status: { phase: Running, podIP: 172.31.239.250, podIPs: [{ ip: 172.31.239.250 }], conditions: [{ type: Ready, status: "False" }] }\n',
  )

  test('names a Pod that is not ready only where the Service publishes it', () => {
    const address = (more: string) =>
      dig(labWith(podYaml('asker', ''), starting, headless(more)), 'peers.default.svc.cluster.local')
    expect(address('publishNotReadyAddresses: false')).toEqual([])
    expect(address('publishNotReadyAddresses: true')).toEqual(['172.31.239.250'])
  })

  test('says which version of the DNS specification it speaks', () => {
    const { result } = send(labWith(podYaml('asker', '')), 'dig TXT dns-version.cluster.local')
    expect(result).toMatchObject({ reply: { answer: [{ type: 'TXT', data: '"1.1.0"' }] } })
  })
})
