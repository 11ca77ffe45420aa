import { describe, expect, test } from 'vitest'
import { kernelConntrack } from '../netfilter/conntrack-settings.ts'
import { openNetfilter } from '../netfilter/open-netfilter.ts'
import { packetLine, packetOf } from '../netfilter/packet-notation.ts'
import { cidr, ip, type IpAddress } from './address.ts'
import type { Host, Network, Route, Socket, VxlanDevice } from './network.ts'
import { walkFrom, type WalkEnd, type WalkEvent, type WalkWorld } from './walk.ts'

const lan = '10.0.0.0/24'
const ssh: Socket = { protocol: 'tcp', port: 22, owner: 'sshd' }

/** A host on the LAN. Its routes are lines: `DESTINATION via ADDRESS`, `DESTINATION`, `blackhole DESTINATION`. */
function host(name: string, address: string, routes: readonly string[], more: Partial<Host> = {}): Host {
  return {
    name,
    interfaces: [
      { name: 'lo', addresses: [ip('127.0.0.1')], link: 'lo' },
      { name: 'eth0', addresses: [ip(address)], link: 'lan' },
    ],
    routes: [lan, ...routes].map(routeOf),
    sockets: [ssh],
    forwards: false,
    hasNetfilter: false,
    noRoute: 'icmp',
    ...more,
  }
}

function routeOf(line: string): Route {
  const [first = '', second = '', third] = line.split(' ')
  if (first === 'blackhole') return { kind: 'blackhole', destination: cidr(second), protocol: 'bird' }
  const via = third === undefined ? {} : { via: ip(third) }
  return { kind: 'unicast', destination: cidr(first), interfaceName: 'eth0', protocol: 'boot', ...via }
}

function networkOf(...hosts: readonly Host[]): Network {
  const ends = hosts.map(({ name }) => ({ host: name, interfaceName: 'eth0' }))
  return {
    hosts: Object.fromEntries(hosts.map((each) => [each.name, each])),
    links: { lan: { kind: 'lan', latencyMs: 1, ends } },
  }
}

/** Walks through a network that stays, or that each event replaces. */
function walk(
  network: Network,
  from: string,
  line: string,
  change?: (event: WalkEvent) => Network | undefined,
) {
  let current = network
  let now = 0
  const world: WalkWorld = {
    network: () => current,
    netfilter: () => openNetfilter({ tables: [] }),
    sets: () => ({}),
    sender: () => ({ kind: 'unknown' }),
    conntrack: () => kernelConntrack,
    remember: () => undefined,
    now: () => now,
    passed: (ms) => {
      now += ms
    },
    draw: () => () => 0,
  }
  const events: WalkEvent[] = []
  const steps = walkFrom(world, from, packetOf(line))
  for (;;) {
    const step = steps.next()
    if (step.done === true) return { end: step.value, events, now }
    events.push(step.value)
    current = change?.(step.value) ?? current
  }
}

const net = networkOf(
  host('a', '10.0.0.1', ['0.0.0.0/0 via 10.0.0.254', 'blackhole 172.16.0.0/24']),
  host('b', '10.0.0.2', []),
  host('router', '10.0.0.254', ['172.16.1.0/24 via 10.0.0.2', '172.16.2.0/24 via 10.0.0.9'], {
    forwards: true,
    noRoute: 'silent',
  }),
)

function endText(end: WalkEnd): string {
  const more = 'atSender' in end ? (end.atSender ? ' at the sender' : '') : ''
  const socket = end.kind === 'delivered' ? ` to ${end.socket?.owner ?? 'nobody'}` : ''
  return `${end.kind}${socket} on ${end.host}${more}`
}

describe('a packet from a', () => {
  test.each([
    { to: '10.0.0.2:22', ends: 'delivered to sshd on b' },
    { to: '10.0.0.2:23', ends: 'delivered to nobody on b' },
    { to: '10.0.0.1:22', ends: 'delivered to sshd on a' },
    { to: '127.0.0.1:22', ends: 'delivered to sshd on a' },
    { to: '10.0.0.7:22', ends: 'no-neighbour on a' },
    { to: '172.16.0.1:22', ends: 'blackhole on a at the sender' },
    { to: '172.16.1.1:22', ends: 'not-forwarding on b' },
    { to: '172.16.2.1:22', ends: 'no-neighbour on router' },
    { to: '172.16.3.1:22', ends: 'no-route on router' },
  ])('to $to ends: $ends', ({ to, ends }) => {
    expect(endText(walk(net, 'a', `tcp 10.0.0.1:40000 > ${to}`).end)).toBe(ends)
  })
  test('crosses the link in its latency and keeps no mark', () => {
    const { events, now } = walk(net, 'a', 'tcp 10.0.0.1:40000 > 10.0.0.2:22')
    const crossed = events.find((event) => event.kind === 'crossed')
    expect(crossed).toMatchObject({ from: 'a', to: 'b', outInterface: 'eth0', packet: { mark: 0 } })
    expect(now).toBeCloseTo(1.02)
  })
  test('loses one of its TTL at every router', () => {
    const { end } = walk(net, 'a', 'tcp 10.0.0.1:40000 > 172.16.1.1:22')
    expect([end.packet.ttl, packetLine(end.packet)]).toEqual([63, 'tcp 10.0.0.1:40000 > 172.16.1.1:22'])
  })
  test('that goes round in circles ends with its TTL', () => {
    const circle = networkOf(
      host('a', '10.0.0.1', ['0.0.0.0/0 via 10.0.0.2'], { forwards: true }),
      host('b', '10.0.0.2', ['0.0.0.0/0 via 10.0.0.1'], { forwards: true }),
    )
    const { end, events } = walk(circle, 'a', 'tcp 10.0.0.1:40000 > 172.16.1.1:22')
    expect(end.kind).toBe('not-forwarding')
    expect(events.filter((event) => event.kind === 'crossed')).toHaveLength(64)
  })
})

describe('a packet by a tunnel', () => {
  const end = (own: string, remote: string, peer: string): VxlanDevice => ({
    vni: 4096,
    port: 4789,
    mac: `66:00:00:00:00:0${own.at(-1) ?? ''}`,
    mtu: 1450,
    local: ip(own),
    peers: [{ address: ip(peer), mac: `66:00:00:00:00:0${remote.at(-1) ?? ''}`, remote: ip(remote) }],
  })
  const withTunnel = (plain: Host, address: string, vxlan: VxlanDevice, via: string): Host => ({
    ...plain,
    interfaces: [...plain.interfaces, { name: 'vx', addresses: [ip(address)], link: 'vx', vxlan }],
    routes: [
      ...plain.routes,
      {
        kind: 'unicast',
        destination: cidr('172.16.0.0/16'),
        interfaceName: 'vx',
        via: ip(via),
        protocol: 'boot',
        onlink: true,
      },
    ],
  })
  const a = withTunnel(
    host('a', '10.0.0.1', []),
    '172.16.1.0',
    end('10.0.0.1', '10.0.0.2', '172.16.2.0'),
    '172.16.2.0',
  )
  const b = withTunnel(
    host('b', '10.0.0.2', []),
    '172.16.2.0',
    end('10.0.0.2', '10.0.0.1', '172.16.1.0'),
    '172.16.1.0',
  )
  const line = 'tcp 172.16.1.0:40000 > 172.16.2.0:22'

  test('is wrapped, crosses the LAN as the host’s own and arrives on the other’s tunnel as it was', () => {
    const { end: arrived, events } = walk(networkOf(a, b), 'a', line)
    expect(events.map(({ kind }) => kind)).toEqual([
      'routed',
      'encapsulated',
      'routed',
      'crossed',
      'routed',
      'decapsulated',
      'routed',
    ])
    const crossed = events.find((event) => event.kind === 'crossed')
    expect(crossed?.packet).toMatchObject({
      protocol: 'udp',
      src: '10.0.0.1',
      dst: '10.0.0.2',
      dstPort: 4789,
    })
    expect([endText(arrived), packetLine(arrived.packet)]).toEqual(['delivered to sshd on b', line])
  })
  test('goes nowhere where the device was not told of the peer that the route names', () => {
    const deaf = end('10.0.0.1', '10.0.0.2', '172.16.9.0')
    const lost = withTunnel(host('a', '10.0.0.1', []), '172.16.1.0', deaf, '172.16.2.0')
    expect(endText(walk(networkOf(lost, b), 'a', line).end)).toBe('no-neighbour on a')
  })
  test('is not taken by a host without such a tunnel: what comes of it is not known', () => {
    expect(walk(networkOf(a, host('b', '10.0.0.2', [])), 'a', line).end).toMatchObject({
      kind: 'not-modelled',
      what: 'overlay',
      host: 'b',
    })
  })
  test('does not go round in itself', () => {
    const inside = withTunnel(
      host('a', '10.0.0.1', []),
      '172.16.1.0',
      end('10.0.0.1', '172.16.7.7', '172.16.2.0'),
      '172.16.2.0',
    )
    expect(walk(networkOf(inside, b), 'a', line).end).toMatchObject({ kind: 'not-modelled', host: 'a' })
  })
})

describe('a host that answers ARP for an address it does not have', () => {
  test('gets its packets, and passes them on as its routes say', () => {
    const speaker = host('b', '10.0.0.2', [], { forwards: true })
    const announcing: Host = {
      ...speaker,
      interfaces: speaker.interfaces.map((each) => ({ ...each, announces: [ip('10.0.0.9')] })),
    }
    const { end } = walk(
      networkOf(host('a', '10.0.0.1', []), announcing),
      'a',
      'tcp 10.0.0.1:1 > 10.0.0.9:80',
    )
    expect(endText(end)).toBe('no-neighbour on b')
  })
})

describe('a world that changes under a packet', () => {
  const without = (name: string): Network => {
    const { [name]: _, ...hosts } = net.hosts
    return { ...net, hosts }
  }
  const to = (address: IpAddress | string) => `tcp 10.0.0.1:40000 > ${address}:22`

  test('lets it vanish with the host that it was crossing to', () => {
    const { end } = walk(net, 'a', to('10.0.0.2'), (event) =>
      event.kind === 'crossed' ? without('b') : undefined,
    )
    expect(endText(end)).toBe('gone on b')
  })
  test('lets it vanish with the link by which it was to leave', () => {
    const { end } = walk(net, 'a', to('10.0.0.2'), () => ({ ...net, links: {} }))
    expect(endText(end)).toBe('gone on a')
  })
  test('lets nothing leave a host that is not there', () => {
    expect(endText(walk(without('a'), 'a', to('10.0.0.2')).end)).toBe('gone on a')
  })
})
