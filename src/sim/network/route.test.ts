import { describe, expect, test } from 'vitest'
import { cidr, ip } from './address.ts'
import type { Host, Route } from './network.ts'
import { chooseRoute, errorSource, printRoute, sourceAddress } from './route.ts'

/** A node as Calico leaves it: a Pod on a veth, the other nodes' blocks, its own block as a blackhole. */
const routes: readonly Route[] = [
  {
    kind: 'unicast',
    destination: cidr('0.0.0.0/0'),
    interfaceName: 'eth0',
    via: ip('192.168.61.1'),
    protocol: 'boot',
  },
  {
    kind: 'unicast',
    destination: cidr('172.31.89.192/26'),
    interfaceName: 'eth0',
    via: ip('192.168.61.12'),
    protocol: 'bird',
  },
  { kind: 'blackhole', destination: cidr('172.31.239.192/26'), protocol: 'bird' },
  { kind: 'unicast', destination: cidr('172.31.239.228/32'), interfaceName: 'cali0', protocol: 'boot' },
  {
    kind: 'unicast',
    destination: cidr('192.168.61.0/24'),
    interfaceName: 'eth0',
    source: ip('192.168.61.11'),
    protocol: 'kernel',
  },
]

const host01: Host = {
  name: 'host01',
  interfaces: [{ name: 'eth0', addresses: [ip('192.168.61.11'), ip('192.168.61.10')], link: 'lan' }],
  routes,
  sockets: [],
  forwards: true,
  hasNetfilter: true,
  noRoute: 'icmp',
}

describe('a node', () => {
  test.each([
    { to: '172.31.239.228', kind: 'unicast', by: '172.31.239.228 dev cali0 scope link' },
    { to: '172.31.239.229', kind: 'blackhole', by: 'blackhole 172.31.239.192/26 proto bird' },
    { to: '172.31.89.200', kind: 'unicast', by: '172.31.89.192/26 via 192.168.61.12 dev eth0 proto bird' },
    { to: '10.96.0.10', kind: 'unicast', by: 'default via 192.168.61.1 dev eth0' },
    {
      to: '192.168.61.13',
      kind: 'unicast',
      by: '192.168.61.0/24 dev eth0 proto kernel scope link src 192.168.61.11',
    },
  ])('sends $to by "$by"', ({ to, kind, by }) => {
    const decision = chooseRoute(host01, ip(to))
    const won = decision.candidates.find((each) => each.verdict === 'won')
    expect(decision.kind).toBe(kind)
    expect(won === undefined ? undefined : printRoute(won.route)).toBe(by)
  })
  test.each(['192.168.61.11', '192.168.61.10', '127.0.0.1', '127.0.2.1'])(
    'keeps %s, which is its own',
    (to) => {
      expect(chooseRoute(host01, ip(to)).kind).toBe('local')
    },
  )
  test('without a default route cannot reach a Service address at all', () => {
    expect(chooseRoute({ ...host01, routes: routes.slice(1) }, ip('10.96.0.10')).kind).toBe('unreachable')
  })
  test('says of each route why it lost', () => {
    const verdicts = chooseRoute(host01, ip('172.31.239.228')).candidates.map((each) => each.verdict)
    expect(verdicts).toEqual(['won', 'other-destination', 'shorter', 'other-destination', 'shorter'])
  })
  test.each([
    { to: '10.96.0.10', from: '192.168.61.11' },
    { to: '172.31.239.228', from: '192.168.61.11' }, // a veth has no address, so the node's own is taken
    { to: '127.0.2.1', from: '127.0.0.1' },
    { to: '192.168.61.10', from: '192.168.61.10' },
  ])('speaks to $to as $from', ({ to, from }) => {
    expect(sourceAddress(host01, ip(to))).toBe(from)
  })
})

describe('an ICMP error of the node', () => {
  test.each([
    { src: '192.168.61.100', dst: '192.168.61.10', from: '192.168.61.10', why: 'the address asked' },
    { src: '172.31.239.228', dst: '10.96.0.80', from: '192.168.61.11', why: 'its own towards a Pod' },
    { src: '192.168.61.100', dst: '10.96.0.80', from: '192.168.61.11', why: 'its own towards the LAN' },
  ])('about $src > $dst comes from $from, $why', ({ src, dst, from }) => {
    expect(errorSource(host01, { src: ip(src), dst: ip(dst) })).toBe(from)
  })
})
