/** A Pod whose init container writes rules into its network namespace: what they do to a packet is not known. */
import { describe, expect, test } from 'vitest'
import { applyText, fivePods, kernelLab, podYaml, serviceYaml } from './kernel-lab.fixture.ts'
import { request } from './chapter-lab.fixture.ts'

const netAdmin = 'securityContext: { capabilities: { add: [NET_ADMIN, NET_RAW] } }'

function labWith(init: string) {
  const lab = kernelLab(...fivePods, serviceYaml(''))
  const meshed = podYaml('meshed', 'host01', '172.31.1.50', 'meshed').replace(
    'containers:',
    `initContainers: [{ ${init} }], containers:`,
  )
  applyText(lab, 'meshed.yaml', meshed)
  return lab
}

describe.each([
  { what: 'istio-init', init: `name: istio-init, image: "docker.io/istio/proxyv2:1.24.0", ${netAdmin}` },
  { what: 'Istio’s CNI plugin', init: 'name: istio-validation, image: "docker.io/istio/proxyv2:1.24.0"' },
  {
    what: 'linkerd-init',
    init: `name: linkerd-init, image: "cr.l5d.io/linkerd/proxy-init:v2.4.1", ${netAdmin}`,
  },
  { what: 'any with NET_ADMIN', init: `name: net, image: "alpine:3.22", ${netAdmin}` },
  {
    what: 'a privileged one that calls iptables',
    init: 'name: net, image: "alpine:3.22", command: [sh, -c, "iptables -t nat -A OUTPUT -j REDIRECT"], securityContext: { privileged: true }',
  },
])('a Pod with $what', ({ init }) => {
  const lab = labWith(init)

  test.each([
    { way: 'its own request', from: 'pod/default/meshed', url: 'http://10.96.0.80/' },
    { way: 'its ping', from: 'pod/default/meshed', url: 'ping 172.31.1.11' },
    { way: 'its lookup', from: 'pod/default/meshed', url: 'http://web/' },
    { way: 'a request to it', from: 'pod/default/near', url: 'http://172.31.1.50/' },
    { way: 'a datagram to it', from: 'pod/default/far', url: 'udp://172.31.1.50:5353' },
  ])('$way ends as not known', ({ from, url }) => {
    const { verdict, hops } = lab.send(request(from, url))
    expect(verdict.kind).toBe('unknown')
    expect(hops.some(({ basis, place }) => basis === 'not-modelled' && place.host === 'default/meshed')).toBe(
      true,
    )
  })

  test('leaves the requests of others as they are', () => {
    expect(lab.send(request('pod/default/near', 'http://10.96.0.80/')).verdict.kind).toBe('answered')
  })
})

test('a privileged init container that sets a sysctl writes no rules', () => {
  const lab = labWith(
    'name: sysctl, image: "busybox", command: [sysctl, -w, vm.max_map_count=262144], securityContext: { privileged: true }',
  )
  expect(lab.send(request('pod/default/meshed', 'http://10.96.0.80/')).verdict.kind).toBe('answered')
})

describe('what iptables-save prints inside such a Pod, pasted as a node’s', () => {
  const istio = `*nat
:PREROUTING ACCEPT [0:0]
:INPUT ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
:ISTIO_INBOUND - [0:0]
:ISTIO_IN_REDIRECT - [0:0]
:ISTIO_OUTPUT - [0:0]
:ISTIO_REDIRECT - [0:0]
-A PREROUTING -p tcp -j ISTIO_INBOUND
-A OUTPUT -p tcp -j ISTIO_OUTPUT
-A ISTIO_INBOUND -p tcp -m tcp --dport 15008 -j RETURN
-A ISTIO_INBOUND -p tcp -j ISTIO_IN_REDIRECT
-A ISTIO_IN_REDIRECT -p tcp -j REDIRECT --to-ports 15006
-A ISTIO_OUTPUT -m owner --uid-owner 1337 -j RETURN
-A ISTIO_OUTPUT -j ISTIO_REDIRECT
-A ISTIO_REDIRECT -p tcp -j REDIRECT --to-ports 15001
COMMIT
`
  const linkerd = istio.replaceAll(/ISTIO_(\w+)/g, 'PROXY_INIT_$1')

  test.each([
    { whose: 'Istio', text: istio, chain: 'ISTIO_INBOUND' },
    { whose: 'Linkerd', text: linkerd, chain: 'PROXY_INIT_INBOUND' },
  ])('is refused: $whose', ({ text, chain }) => {
    const lab = kernelLab(...fivePods)
    const before = lab.cluster
    expect(lab.pasteRules('host01.iptables-save', text).diagnostics).toMatchObject([
      { code: 'paste-of-pod', severity: 'error', values: { chain } },
    ])
    expect(lab.cluster).toBe(before)
  })

  test('a node that has them beside kube-proxy’s is taken', () => {
    const lab = kernelLab(...fivePods, serviceYaml(''))
    const both = lab.iptablesSave('host01').replace(/^(?=:KUBE-SERVICES)/m, ':ISTIO_INBOUND - [0:0]\n')
    expect(lab.pasteRules('host01.iptables-save', both).diagnostics).toEqual([])
  })
})
