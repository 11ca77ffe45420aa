import { describe, expect, test } from 'vitest'
import { createLab, type Lab } from '../lab.ts'
import { innerPacket } from '../network/packet.ts'
import { request } from './chapter-lab.fixture.ts'
import { outcome } from './kernel-lab.fixture.ts'
import { subnetsLabIn, twoSubnetsLab, webOn } from './two-subnets-lab.fixture.ts'
import type { Trace } from './trace.ts'

const client = 'pod/default/client'
const modes = ['CrossSubnet', 'Always', 'Never'] as const
const labs = Object.fromEntries(modes.map((mode) => [mode, subnetsLabIn(mode)]))

function labIn(mode: (typeof modes)[number]): Lab {
  const lab = labs[mode]
  if (lab === undefined) throw new Error(`no lab in ${mode}`)
  return createLab(lab.state())
}

/** Asks the Service, with the first seed that draws the server of this node. */
function askService(mode: (typeof modes)[number], from: string, node: string): Trace {
  const lab = labIn(mode)
  const service = lab.cluster.services.find(({ ref }) => ref.name === 'web')
  const { address } = webOn(lab, node)
  for (let seed = 0; seed < 40; seed++) {
    const url = `tcp://${service?.clusterIps[0] ?? ''}:80`
    const trace = createLab(lab.state()).send(request(from, url, { seed }))
    if (trace.hops.some(({ kind, after }) => kind === 'rewrite' && after.dst === address)) return trace
  }
  throw new Error(`no seed leads to ${node}`)
}

/** What the server saw as its client: its address, and what kind of address it is. */
function seen(lab: Lab, trace: Trace): string {
  const source = / saw ([\d.]+)/.exec(outcome(trace))?.[1]
  if (source === undefined) return outcome(trace)
  const pod = lab.cluster.pods.find(({ ip, hostNetwork }) => ip === source && !hostNetwork)?.ref.name
  if (pod !== undefined) return pod
  return source.startsWith('172.31.') ? 'host01’s tunnel address' : 'host01’s own address'
}

const wraps = (trace: Trace) => trace.hops.filter(({ kind }) => kind === 'encapsulate').length > 0

describe('a request to a server', () => {
  test.each([
    { mode: 'CrossSubnet', to: 'host02', from: client, saw: 'client', tunnel: false },
    { mode: 'CrossSubnet', to: 'host03', from: client, saw: 'client', tunnel: true },
    { mode: 'CrossSubnet', to: 'host02', from: 'host01', saw: 'host01’s own address', tunnel: false },
    { mode: 'CrossSubnet', to: 'host03', from: 'host01', saw: 'host01’s tunnel address', tunnel: true },
    { mode: 'Always', to: 'host02', from: client, saw: 'client', tunnel: true },
    { mode: 'Always', to: 'host03', from: client, saw: 'client', tunnel: true },
    { mode: 'Always', to: 'host02', from: 'host01', saw: 'host01’s tunnel address', tunnel: true },
    { mode: 'Always', to: 'host03', from: 'host01', saw: 'host01’s tunnel address', tunnel: true },
    { mode: 'Never', to: 'host02', from: client, saw: 'client', tunnel: false },
    { mode: 'Never', to: 'host02', from: 'host01', saw: 'host01’s own address', tunnel: false },
  ] as const)('on $to from $from with $mode: it sees $saw', ({ mode, to, from, saw, tunnel }) => {
    const lab = labIn(mode)
    const direct = labIn(mode).send(request(from, `tcp://${webOn(lab, to).address}:80`))
    const byService = askService(mode, from, to)
    expect([seen(lab, direct), seen(lab, byService)]).toEqual([saw, saw])
    expect([wraps(direct), wraps(byService)]).toEqual([tunnel, tunnel])
  })
})

describe('with vxlanMode Never a request across the router', () => {
  test.each([client, 'host01'])('of %s is lost there, and the IPPool’s line says why', (from) => {
    const lab = labIn('Never')
    const trace = lab.send(request(from, `tcp://${webOn(lab, 'host03').address}:80`))
    const end = trace.hops.find(({ title }) => title.id === 'hop.refused-by-router-pod.title')
    expect(end?.place).toMatchObject({ host: '192.168.61.1', hostKind: 'router' })
    expect(end?.because).toMatchObject([{ file: 'pod-network.yaml', object: { kind: 'IPPool' } }])
  })
  test('leaves a Pod waiting: the router’s own answer does not find back to it', () => {
    const lab = labIn('Never')
    const trace = lab.send(request(client, `tcp://${webOn(lab, 'host03').address}:80`))
    expect(trace.verdict.kind).toBe('timed-out')
    expect(trace.result).toMatchObject({ kind: 'connect-failed', afterMs: 127_000 })
    expect(trace.hops.map(({ title }) => title.id)).toContain('hop.error-lost.title')
  })
  test('of a node is refused at once by the router', () => {
    const lab = labIn('Never')
    const trace = lab.send(request('host01', `tcp://${webOn(lab, 'host03').address}:80`))
    expect(outcome(trace)).toBe('unreachable: ICMP 3/0 of 192.168.61.1')
  })
  test('vanishes without a word where the router is silent', () => {
    const lab = twoSubnetsLab((text) =>
      text.replace('router: answers', 'router: silent').replace('vxlanMode: CrossSubnet', 'vxlanMode: Never'),
    )
    const trace = lab.send(request('host01', `ping ${webOn(lab, 'host03').address}`))
    expect(trace.hops.map(({ title }) => title.id)).toContain('hop.lost-at-router-pod.title')
    expect(trace.verdict.kind).toBe('timed-out')
  })
})

describe('a packet through the tunnel', () => {
  const lab = labIn('CrossSubnet')
  const trace = lab.send(request(client, `tcp://${webOn(lab, 'host03').address}:80`))
  const story = trace.hops
    .filter(({ direction }) => direction === 'request')
    .map(({ title, place }) => `${title.id.split('.')[1]} ${place.host}`)
  const wrap = trace.hops.find(({ kind }) => kind === 'encapsulate')
  const unwrap = trace.hops.find(({ kind }) => kind === 'decapsulate')

  test('is wrapped on its node, passes the router and is unwrapped on the other', () => {
    expect(story.slice(4, 8)).toEqual([
      'encapsulate host01',
      'route-outer host01',
      'cross-router 192.168.61.1',
      'decapsulate host03',
    ])
  })
  test('has the nodes’ addresses outside and comes out as it went in, but for the hop that it made', () => {
    expect(wrap?.after).toMatchObject({
      protocol: 'udp',
      src: '192.168.61.11',
      dst: '192.168.62.13',
      dstPort: 4789,
      ttl: 64,
    })
    expect(wrap && innerPacket(wrap.after)).toEqual(wrap?.before)
    expect(unwrap?.after).toEqual(wrap?.before)
    // The router took one from the outer packet's.
    expect(unwrap?.before.ttl).toBe(63)
  })
  test('has as evidence the neighbour, the forwarding entry and the outer header, whose port is assumed', () => {
    expect(wrap?.evidence.flatMap(({ texts }) => texts.map(({ text }) => text))).toEqual([
      '66:3c:19:2b:63:7f dev vxlan.calico dst 192.168.62.13 self permanent',
      'vxlan.calico: mtu 1450 link/ether 66:5a:18:78:e4:a8 vxlan id 4096 local 192.168.61.11 dstport 4789 nolearning',
      expect.stringMatching(/^IP 192\.168\.61\.11\.\d+ > 192\.168\.62\.13\.4789: VXLAN, vni 4096$/),
    ])
    expect(wrap?.evidence[1]?.texts.at(-1)?.basis).toBe('assumed')
    expect(wrap?.evidence[0]?.candidates.find(({ verdict }) => verdict === 'won')?.name).toBe(
      '172.31.89.192 dev vxlan.calico lladdr 66:3c:19:2b:63:7f PERMANENT',
    )
  })
  test('has the IPPool’s vxlanMode behind it', () => {
    expect(wrap?.because.map(({ file, object }) => `${file} ${object.kind}`)).toEqual([
      'pod-network.yaml IPPool',
    ])
  })
  test('leaves no connection of its own in conntrack: Calico does not have it tracked', () => {
    const sent = labIn('CrossSubnet')
    sent.send(request(client, `tcp://${webOn(sent, 'host03').address}:80`))
    expect(sent.conntrack('host01')).not.toContain('4789')
    expect(sent.conntrack('host03')).toContain('dport=80')
  })
  test('has one outer source port for the whole flow, of the range of local ports', () => {
    const http = labIn('CrossSubnet').send(request(client, `http://${webOn(lab, 'host03').address}/`))
    const ports = http.hops.flatMap(({ kind, direction, after }) =>
      kind === 'encapsulate' && direction === 'request' && 'srcPort' in after ? [after.srcPort] : [],
    )
    expect(ports.length).toBeGreaterThan(1)
    expect(new Set(ports).size).toBe(1)
    expect(ports[0]).toBeGreaterThanOrEqual(32768)
    expect(ports[0]).toBeLessThan(60999)
  })
})

describe('ping to a ClusterIP', () => {
  const address = (lab: Lab) =>
    lab.cluster.services.find(({ ref }) => ref.name === 'web')?.clusterIps[0] ?? ''

  test('is answered by the router, who speaks to the node, which passes it on to the Pod', () => {
    const lab = labIn('CrossSubnet')
    const trace = lab.send(request(client, `ping ${address(lab)}`))
    expect(trace.result).toMatchObject({
      echoes: [{ error: { from: '192.168.61.1', text: 'Destination Net Unreachable' } }],
    })
  })
  test('stays unanswered for a Pod that is not masqueraded: the router does not know it', () => {
    const lab = twoSubnetsLab((text) => text.replace('natOutgoing: true', 'natOutgoing: false'))
    const trace = lab.send(request(client, `ping ${address(lab)}`))
    expect(trace.result).toMatchObject({ echoes: [{ sequence: 0 }] })
    expect(trace.verdict.kind).toBe('timed-out')
  })
  test('fails at once on a node without a default route', () => {
    const lab = twoSubnetsLab((text) => text.replace('router: answers', 'router: none'))
    const trace = lab.send(request('host01', `ping ${address(lab)}`))
    expect(outcome(trace)).toBe('unreachable: Network is unreachable')
  })
  test('is answered by its node to a Pod of a node without a default route', () => {
    const lab = twoSubnetsLab((text) => text.replace('router: answers', 'router: none'))
    const trace = lab.send(request(client, `ping ${address(lab)}`))
    expect(outcome(trace)).toBe('unreachable: ICMP 3/0 of 192.168.61.11')
  })
})

test('the scenario’s own request is answered from the other subnet', () => {
  const { from, url } = { from: client, url: 'http://web/' }
  const lab = labIn('CrossSubnet')
  const trace = lab.send(request(from, url, { seed: 6 }))
  expect(trace.verdict).toMatchObject({ kind: 'answered', status: 200 })
  expect(wraps(trace)).toBe(true)
})
