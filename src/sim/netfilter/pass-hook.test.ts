import { describe, expect, test } from 'vitest'
import { openStream } from '../draw.ts'
import { ip } from '../network/address.ts'
import { hasPorts, type Packet } from '../network/packet.ts'
import { printConntrackEntry } from './conntrack.ts'
import { packetLine, packetOf } from './packet-notation.ts'
import { passHook } from './pass-hook.ts'
import { testHost, ways, type TestHost } from './test-host.ts'

/** 10.96.0.10:80 leads to 172.31.0.5:8080; outside sources are masqueraded; 10.96.0.99 has no endpoints. */
const rules = `
*nat
:PREROUTING ACCEPT [0:0]
:INPUT ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
:MARK-MASQ - [0:0]
:SEP - [0:0]
:SERVICES - [0:0]
-A PREROUTING -j SERVICES
-A OUTPUT -j SERVICES
-A POSTROUTING -m mark ! --mark 0x4000/0x4000 -j RETURN
-A POSTROUTING -j MARK --set-xmark 0x4000/0x0
-A POSTROUTING -j MASQUERADE --random-fully
-A MARK-MASQ -j MARK --set-xmark 0x4000/0x4000
-A SERVICES ! -s 172.31.0.0/16 -d 10.96.0.10/32 -j MARK-MASQ
-A SERVICES -d 10.96.0.10/32 -p tcp -m tcp --dport 80 -j SEP
-A SERVICES -d 10.96.0.10/32 -p udp -m udp --dport 53 -j SEP
-A SEP -s 172.31.0.5/32 -j MARK-MASQ
-A SEP -p tcp -j DNAT --to-destination 172.31.0.5:8080
-A SEP -p udp -j DNAT --to-destination 172.31.0.5:5353
COMMIT
*filter
:INPUT ACCEPT [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
-A INPUT -p tcp -m tcp --dport 25 -j DROP
-A FORWARD -m conntrack --ctstate INVALID -j DROP
-A FORWARD -d 10.96.0.99/32 -p tcp -m conntrack --ctstate NEW -j REJECT --reject-with icmp-port-unreachable
COMMIT
`

const fromPod = packetOf('tcp 172.31.0.9:40000 > 10.96.0.10:80')

describe('a connection to a Service', () => {
  test('is rewritten to its endpoint, and the reply comes from the address that was asked', () => {
    const host = node()
    expect(host.send(fromPod, ways.forward).line).toBe('tcp 172.31.0.9:40000 > 172.31.0.5:8080')
    const reply = packetOf('tcp 172.31.0.5:8080 > 172.31.0.9:40000 SYN ACK')
    expect(host.send(reply, ways.forward).line).toBe('tcp 10.96.0.10:80 > 172.31.0.9:40000')
  })

  test('is known to conntrack by both tuples once its first packet has left', () => {
    const host = node()
    host.send(fromPod, ['PREROUTING', 'FORWARD'])
    expect(host.state().conntrack.entries).toEqual([])
    host.send(fromPod, ways.forward)
    expect(connections(host)).toEqual([
      'tcp      6 120 SYN_SENT src=172.31.0.9 dst=10.96.0.10 sport=40000 dport=80 [UNREPLIED] ' +
        'src=172.31.0.5 dst=172.31.0.9 sport=8080 dport=40000 mark=0 use=1',
    ])
  })

  test('meets nat with its first packet alone, and filter with every one', () => {
    const host = node()
    const tables = (packet: Packet) =>
      new Set(
        host.send(packet, ways.forward).passes.flatMap(({ tried }) => tried().map(({ table }) => table)),
      )
    expect(tables(fromPod)).toEqual(new Set(['nat', 'filter']))
    expect(tables(fromPod)).toEqual(new Set(['filter']))
    expect(tables(packetOf('tcp 172.31.0.5:8080 > 172.31.0.9:40000 SYN ACK'))).toEqual(new Set(['filter']))
  })

  test('stays with its endpoint when the rules change under it; a new one follows the new rules', () => {
    const host = node()
    host.send(fromPod, ways.forward)
    host.restore(rules.replaceAll('172.31.0.5:', '172.31.0.6:'))
    expect(host.send(fromPod, ways.forward).line).toBe('tcp 172.31.0.9:40000 > 172.31.0.5:8080')
    const another = packetOf('tcp 172.31.0.9:40001 > 10.96.0.10:80')
    expect(host.send(another, ways.forward).line).toBe('tcp 172.31.0.9:40001 > 172.31.0.6:8080')
  })

  test('tells which rule rewrote its first packet, and none for what conntrack repeats', () => {
    const host = node()
    const by = () =>
      host.send(fromPod, ways.forward).passes.flatMap(({ rewrites }) => rewrites.map((each) => each.by))
    expect(by()).toEqual(['nat SEP 2'])
    expect(by()).toEqual([undefined])
  })

  test('of the node itself is rewritten in OUTPUT and masqueraded in POSTROUTING', () => {
    const host = node()
    const local = packetOf('tcp 192.168.61.11:40000 > 10.96.0.10:80')
    const { line, packet } = host.send(local, ways.out)
    expect(line).toMatch(/^tcp 192\.168\.61\.11:\d+ > 172\.31\.0\.5:8080$/)
    const back = host.send(answerTo(packet), ways.in)
    expect(back.line).toBe('tcp 10.96.0.10:80 > 192.168.61.11:40000')
  })

  test('from outside shows the Pod the node’s address and a port of the node’s choice', () => {
    const host = node()
    const { packet } = host.send(packetOf('tcp 192.168.61.100:40000 > 10.96.0.10:80'), ways.forward)
    expect(packetLine(packet)).toMatch(/^tcp 192\.168\.61\.11:\d+ > 172\.31\.0\.5:8080$/)
    expect(packet.mark).toBe(0)
    const back = host.send(answerTo(packet), ways.forward)
    expect(back.line).toBe('tcp 10.96.0.10:80 > 192.168.61.100:40000')
  })

  test('of a Pod to itself is masqueraded, as its kernel would drop its own address', () => {
    const { line } = node().send(packetOf('tcp 172.31.0.5:40000 > 10.96.0.10:80'), ways.forward)
    expect(line).toMatch(/^tcp 192\.168\.61\.11:\d+ > 172\.31\.0\.5:8080$/)
  })

  test('keeps one reply tuple a connection: where two would share it, the later gets another port', () => {
    const host = node()
    const direct = host.send(packetOf('tcp 172.31.0.9:40000 > 172.31.0.5:8080'), ways.forward)
    expect(direct.line).toBe('tcp 172.31.0.9:40000 > 172.31.0.5:8080')
    const second = host.send(fromPod, ways.forward)
    expect(second.line).toMatch(/^tcp 172\.31\.0\.9:(?!40000)\d+ > 172\.31\.0\.5:8080$/)
    expect(host.send(answerTo(second.packet), ways.forward).line).toBe('tcp 10.96.0.10:80 > 172.31.0.9:40000')
  })

  test('drops its first packet where masquerade has no address to write', () => {
    const host = node()
    const outside = packetOf('tcp 192.168.61.100:40000 > 10.96.0.10:80')
    const { packet } = host.send(outside, ['PREROUTING', 'FORWARD'])
    const context = { isLocal: () => false, now: 0, draw: () => 0 }
    const pass = passHook(host.state(), 'POSTROUTING', packet, context)
    expect(pass.verdict).toEqual({ kind: 'drop', by: 'nat POSTROUTING 3' })
  })
})

describe('a first packet that is refused', () => {
  test.each([
    { packet: 'tcp 172.31.0.9:40000 > 10.96.0.99:80', way: ways.forward, verdict: 'reject' },
    { packet: 'tcp 172.31.0.9:40000 > 192.168.61.11:25', way: ways.in, verdict: 'drop' },
  ])('leaves no connection behind: $packet', ({ packet, way, verdict }) => {
    const host = node()
    expect(host.send(packetOf(packet), way).line).toBe(verdict)
    expect(host.state().conntrack.entries).toEqual([])
    expect(host.state().inFlight).toBeUndefined()
  })

  test('names the rule and its answer', () => {
    const { passes } = node().send(packetOf('tcp 172.31.0.9:40000 > 10.96.0.99:80'), ways.forward)
    expect(passes.at(-1)?.verdict).toEqual({
      kind: 'reject',
      by: 'filter FORWARD 2',
      with: 'icmp-port-unreachable',
    })
  })
})

describe('a packet that belongs to nothing', () => {
  test.each([
    'tcp 172.31.0.9:40000 > 172.31.0.5:8080 SYN ACK',
    'tcp 172.31.0.9:40000 > 172.31.0.5:8080 RST',
    'icmp 172.31.0.9 > 172.31.0.5 0/0 id 7',
  ])('is INVALID: %s', (line) => {
    const { passes } = node().send(packetOf(line), ways.forward)
    expect(passes.at(-1)?.verdict).toMatchObject({ kind: 'drop', by: 'filter FORWARD 1' })
    expect(passes[0]?.connection).toBeUndefined()
  })
})

describe('a masqueraded echo', () => {
  test('goes on under another id, and its reply has the id that was sent', () => {
    const host = node()
    const { packet } = host.send(packetOf('icmp 192.168.61.100 > 10.96.0.10 8/0 id 7'), ways.forward)
    if (hasPorts(packet)) throw new Error('ports')
    expect([packet.src, packet.id === 7]).toEqual(['192.168.61.11', false])
    const reply: Packet = { ...packet, src: packet.dst, dst: packet.src, type: 0 }
    const back = host.send(reply, ways.forward).packet
    expect(back).toMatchObject({ src: '10.96.0.10', dst: '192.168.61.100', id: 7 })
  })
})

describe('an ICMP error about a rewritten packet', () => {
  test('reaches the client from the address that it asked, quoting the packet that it sent', () => {
    const host = node()
    const { packet } = host.send(packetOf('udp 172.31.0.9:40000 > 10.96.0.10:53'), ways.forward)
    const error = packetOf('icmp 172.31.0.5 > 172.31.0.9 3/3', { about: packet })
    const sent = host.send(error, ways.forward)
    expect(sent.line).toBe('icmp 10.96.0.10 > 172.31.0.9')
    expect(quoted(sent.packet)).toBe('udp 172.31.0.9:40000 > 10.96.0.10:53')
    expect(sent.passes[0]?.connection).toMatchObject({ direction: 'reply', isFirst: false })
  })

  test('finds its way back through a masquerade', () => {
    const host = node()
    const { packet } = host.send(packetOf('udp 192.168.61.100:40000 > 10.96.0.10:53'), ways.forward)
    const error = packetOf('icmp 172.31.0.5 > 192.168.61.11 3/3', { about: packet })
    const sent = host.send(error, ways.forward)
    expect(sent.line).toBe('icmp 10.96.0.10 > 192.168.61.100')
    expect(quoted(sent.packet)).toBe('udp 192.168.61.100:40000 > 10.96.0.10:53')
  })

  test('about a connection that nobody knows is INVALID', () => {
    const about = packetOf('udp 172.31.0.9:1 > 172.31.0.5:2')
    const error = packetOf('icmp 172.31.0.5 > 172.31.0.9 3/3', { about })
    expect(node().send(error, ways.forward).line).toBe('drop')
  })
})

describe('UDP', () => {
  const query = packetOf('udp 172.31.0.9:40000 > 10.96.0.10:53')
  const answer = packetOf('udp 172.31.0.5:5353 > 172.31.0.9:40000')

  test('from one port stays with its endpoint for 30 s after the last packet, and is new after that', () => {
    const host = node()
    host.send(query, ways.forward)
    host.restore(rules.replaceAll('172.31.0.5:', '172.31.0.6:'))
    host.wait(29_999)
    expect(host.send(query, ways.forward).line).toBe('udp 172.31.0.9:40000 > 172.31.0.5:5353')
    host.wait(30_000)
    expect(host.send(query, ways.forward).line).toBe('udp 172.31.0.9:40000 > 172.31.0.6:5353')
  })

  test('that goes on for two seconds after an answer is remembered for 120 s', () => {
    const host = node()
    for (const packet of [query, answer]) host.send(packet, ways.forward)
    host.wait(2001)
    host.send(query, ways.forward)
    host.wait(100_000)
    expect(connections(host, 102_001)).toEqual([
      'udp      17 20 src=172.31.0.9 dst=10.96.0.10 sport=40000 dport=53 ' +
        'src=172.31.0.5 dst=172.31.0.9 sport=5353 dport=40000 [ASSURED] mark=0 use=1',
    ])
  })
})

describe('TCP', () => {
  test('is assured and lives five days once its handshake is complete', () => {
    const host = node()
    handshake(host)
    const [entry] = host.state().conntrack.entries
    expect(entry).toMatchObject({ state: 'ESTABLISHED', assured: true, expiresAtMs: 432_000_000 })
  })

  test('that is refused by a reset is forgotten at once, and the reset is translated all the same', () => {
    const host = node()
    host.send(fromPod, ways.forward)
    const reset = packetOf('tcp 172.31.0.5:8080 > 172.31.0.9:40000 RST ACK')
    expect(host.send(reset, ways.forward).line).toBe('tcp 10.96.0.10:80 > 172.31.0.9:40000')
    expect(host.state().conntrack.entries).toEqual([])
  })

  test('from a port in TIME_WAIT is a new connection that asks nat again', () => {
    const host = node()
    handshake(host)
    for (const line of [
      'tcp 172.31.0.9:40000 > 10.96.0.10:80 FIN ACK',
      'tcp 172.31.0.5:8080 > 172.31.0.9:40000 FIN ACK',
      'tcp 172.31.0.9:40000 > 10.96.0.10:80 ACK',
    ])
      host.send(packetOf(line), ways.forward)
    expect(host.state().conntrack.entries).toMatchObject([{ state: 'TIME_WAIT' }])
    host.restore(rules.replaceAll('172.31.0.5:', '172.31.0.6:'))
    expect(host.send(fromPod, ways.forward).line).toBe('tcp 172.31.0.9:40000 > 172.31.0.6:8080')
  })
})

describe('a packet of the node to itself', () => {
  test('comes back through loopback as the packet that it was, rewritten or not', () => {
    const host = node()
    host.restore(rules.replaceAll('172.31.0.5:8080', '192.168.61.11:8080'))
    const local = packetOf('tcp 192.168.61.11:40000 > 10.96.0.10:80')
    const out = host.send(local, ways.out)
    const arrived = host.send(out.packet, ways.in, { inInterface: 'lo' })
    expect(arrived.line).toBe(out.line)
    expect(arrived.passes.flatMap(({ tried }) => tried().map(({ table }) => table))).not.toContain('nat')
    expect(host.state().conntrack.entries).toHaveLength(1)
    const reply = host.send(answerTo(out.packet), ways.out)
    expect(reply.line).toBe('tcp 10.96.0.10:80 > 192.168.61.11:40000')
  })
})

describe('session affinity by -m recent', () => {
  const sticky = `
*nat
:PREROUTING ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
:A - [0:0]
:B - [0:0]
-A PREROUTING -m recent --rcheck --seconds 10 --reap --name A -j A
-A PREROUTING -m recent --rcheck --seconds 10 --reap --name B -j B
-A PREROUTING -m statistic --mode random --probability 0.5 -j A
-A PREROUTING -j B
-A A -p tcp -m recent --set --name A -j DNAT --to-destination 172.31.0.5:80
-A B -p tcp -m recent --set --name B -j DNAT --to-destination 172.31.0.6:80
COMMIT`

  test('brings a client back to its endpoint, and slides with each new connection', () => {
    let drawn = 0
    const host = testHost(sticky, () => drawn)
    const connect = (port: number) =>
      host.send(packetOf(`tcp 10.0.0.1:${port} > 10.96.0.10:80`), ways.forward).line
    expect(connect(1)).toContain('172.31.0.5:80')
    drawn = 2 ** 31 - 1
    host.wait(10_000)
    expect(connect(2)).toContain('172.31.0.5:80')
    host.wait(10_000)
    expect(connect(3)).toContain('172.31.0.5:80')
    host.wait(10_001)
    expect(connect(4)).toContain('172.31.0.6:80')
  })

  test('remembers 100 clients an endpoint: one more pushes out the oldest', () => {
    const host = testHost(sticky, () => 0)
    for (let client = 0; client <= 100; client++)
      host.send(packetOf(`tcp 10.0.1.${client}:1 > 10.96.0.10:80`), ways.forward)
    const seen = Object.keys(host.state().recent['A'] ?? {})
    expect(seen).toHaveLength(100)
    expect(seen).not.toContain('10.0.1.0')
    expect(seen).toContain('10.0.1.100')
  })
})

describe('counters', () => {
  test('count each packet at the rules that took it, and at the policy', () => {
    const host = node()
    for (const packet of [fromPod, fromPod]) host.send(packet, ways.forward)
    const { counters } = host.state()
    expect(counters['nat PREROUTING 1']).toEqual({ packets: 1, bytes: 60 })
    expect(counters['nat SERVICES 2']).toEqual({ packets: 1, bytes: 60 })
    expect(counters['nat SERVICES 1']).toBeUndefined()
    expect(counters['filter FORWARD 0']).toEqual({ packets: 2, bytes: 120 })
  })
})

test('every table is asked in the kernel’s order', () => {
  const tables = ['filter', 'nat', 'raw', 'mangle', 'security']
  const text = tables.map((name) => `*${name}\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT\nCOMMIT\n`).join('')
  const { passes } = testHost(text, () => 0).send(fromPod, ['OUTPUT'])
  expect(passes[0]?.tried().map(({ table }) => table)).toEqual(['raw', 'mangle', 'nat', 'filter', 'security'])
})

test('a rule that is not modelled ends the hook with an unknown verdict', () => {
  const text = '*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -m set --match-set x src -j DROP\nCOMMIT\n'
  const { passes } = testHost(text, () => 0).send(fromPod, ['INPUT'])
  expect(passes[0]?.verdict).toEqual({
    kind: 'unknown',
    by: 'filter INPUT 1',
    text: '-m set --match-set x src',
  })
})

test('REDIRECT sends what comes in to the interface’s own address', () => {
  const text = '*nat\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -p tcp -j REDIRECT --to-ports 15001\nCOMMIT\n'
  const host = testHost(text, () => 0)
  const redirectAddress = ip('192.168.61.11')
  expect(host.send(fromPod, ways.in, { redirectAddress }).line).toBe(
    'tcp 172.31.0.9:40000 > 192.168.61.11:15001',
  )
  expect(host.send(packetOf('tcp 10.0.0.1:1 > 10.0.0.2:80'), ways.in).line).toBe('drop')
})

function node(): TestHost {
  return testHost(rules, openStream(1, 'test'))
}

function handshake(host: TestHost): void {
  host.send(fromPod, ways.forward)
  host.send(packetOf('tcp 172.31.0.5:8080 > 172.31.0.9:40000 SYN ACK'), ways.forward)
  host.send(packetOf('tcp 172.31.0.9:40000 > 10.96.0.10:80 ACK'), ways.forward)
}

function connections(host: TestHost, now = 0): readonly string[] {
  return host.state().conntrack.entries.map((entry) => printConntrackEntry(entry, now))
}

function answerTo(packet: Packet): Packet {
  if (!hasPorts(packet)) throw new Error('no ports')
  const { src, dst, srcPort, dstPort } = packet
  const turned = { ...packet, src: dst, dst: src, srcPort: dstPort, dstPort: srcPort, mark: 0 }
  return turned.protocol === 'tcp' ? { ...turned, flags: ['SYN', 'ACK'] } : turned
}

function quoted(packet: Packet): string {
  return hasPorts(packet) || !packet.about ? '' : packetLine(packet.about)
}
