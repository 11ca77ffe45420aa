import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DRAW_RANGE, openStream } from '../draw.ts'
import { cidr, ip } from '../network/address.ts'
import { hasPorts, type Packet } from '../network/packet.ts'
import { packetLine, packetOf } from './packet-notation.ts'
import { parseIptablesSave } from './parse-iptables-save.ts'
import { printIptablesSave } from './print-iptables-save.ts'
import type { Match, PortRange, Rule, Ruleset, Target } from './ruleset.ts'
import { testHost, ways } from './test-host.ts'

test('reading what was printed gives the same rules', () => {
  fc.assert(
    fc.property(rulesets, (ruleset) => {
      const text = printIptablesSave(ruleset, { version: 'x', printedAt: 'now' })
      expect(parseIptablesSave(text)).toEqual({ ruleset, problems: [] })
    }),
    { seed: 11 },
  )
})

test('a reply always comes back as the address and port that were asked', () => {
  const clients = fc.record({
    host: fc.integer({ min: 1, max: 3 }),
    port: fc.constantFrom(53, 600, 40_000, 40_001, 65_535),
    service: fc.integer({ min: 1, max: 3 }),
    protocol: fc.constantFrom('tcp', 'udp'),
  })
  fc.assert(
    fc.property(fc.array(clients, { maxLength: 20 }), fc.integer(), (connections, seed) => {
      const host = testHost(manyToOne, openStream(seed, 'law'))
      for (const { host: last, port, service, protocol } of connections) {
        const sent = packetOf(`${protocol} 192.168.61.10${last}:${port} > 10.96.0.${service}:80`)
        const reply = host.send(answerTo(host.send(sent, ways.forward).packet), ways.forward)
        expect(reply.line).toBe(packetLine(answerTo(sent)))
      }
      const replies = host.state().conntrack.entries.map(({ reply }) => JSON.stringify(reply))
      expect(new Set(replies).size).toBe(replies.length)
    }),
    { seed: 12 },
  )
})

/** Three Services, one endpoint, some of it masqueraded: tuples clash unless ports change. */
const manyToOne = `
*nat
:PREROUTING ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
-A PREROUTING -d 10.96.0.0/24 -p tcp -j DNAT --to-destination 172.31.0.5:8080
-A PREROUTING -d 10.96.0.0/24 -p udp -j DNAT --to-destination 172.31.0.5:53
-A POSTROUTING -s 192.168.61.102/32 -j MASQUERADE
-A POSTROUTING -s 192.168.61.103/32 -j MASQUERADE --random-fully
COMMIT
`

function answerTo(packet: Packet): Packet {
  if (!hasPorts(packet)) throw new Error('no ports')
  const { src, dst, srcPort, dstPort } = packet
  const turned = { ...packet, src: dst, dst: src, srcPort: dstPort, dstPort: srcPort }
  return turned.protocol === 'tcp' ? { ...turned, flags: ['SYN', 'ACK'] } : turned
}

const negation = fc.constantFrom({}, { negated: true })
const port = fc.integer({ min: 0, max: 65_535 })
const portRanges: fc.Arbitrary<PortRange> = fc
  .tuple(port, port)
  .filter(([a, b]) => Math.abs(a - b) < 65_535)
  .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }))
const addresses = fc.constantFrom('10.96.0.10', '172.31.0.0/16', 'fd00::1', 'fd00:10::/64').map(cidr)
const numbers = fc.nat({ max: 0xffffffff })

/** Any text but line ends, which no rule can hold. */
const comments = fc.string({ minLength: 1, maxLength: 30 }).filter((text) => !/[\n\r]/.test(text))

const headerMatches: fc.Arbitrary<readonly Match[]> = fc
  .record({
    source: fc.option(fc.tuple(addresses, negation)),
    destination: fc.option(fc.tuple(addresses, negation)),
    in: fc.option(fc.constantFrom('eth0', 'cali+')),
    protocol: fc.option(fc.tuple(fc.constantFrom('tcp', 'icmpv6', 'esp'), negation)),
  })
  .map(({ source, destination, in: name, protocol }): readonly Match[] => [
    ...(source ? [{ kind: 'source' as const, cidr: source[0], ...source[1] }] : []),
    ...(destination ? [{ kind: 'destination' as const, cidr: destination[0], ...destination[1] }] : []),
    ...(name === null ? [] : [{ kind: 'in-interface' as const, name }]),
    ...(protocol ? [{ kind: 'protocol' as const, protocol: protocol[0], ...protocol[1] }] : []),
  ])

const extensionMatches: fc.Arbitrary<Match> = fc.oneof(
  comments.map((text): Match => ({ kind: 'comment', text })),
  fc
    .tuple(fc.constantFrom('tcp', 'udp', 'sctp'), fc.option(fc.tuple(portRanges, negation)))
    .map(([protocol, condition]): Match => ({
      kind: 'ports',
      protocol,
      ...(condition && { destination: { ...condition[0], ...condition[1] } }),
    })),
  fc
    .tuple(fc.constantFrom('source', 'destination', 'both'), fc.array(portRanges, { minLength: 1 }), negation)
    .map(([side, ports, negated]): Match => ({ kind: 'multiport', side, ports, ...negated })),
  fc
    .tuple(numbers, numbers, negation)
    .map(([value, mask, negated]): Match => ({ kind: 'mark', value, mask, ...negated })),
  fc
    .subarray(['INVALID', 'NEW', 'RELATED', 'ESTABLISHED', 'UNTRACKED', 'SNAT', 'DNAT'] as const, {
      minLength: 1,
    })
    .map((states): Match => ({ kind: 'conntrack', states })),
  fc.nat({ max: DRAW_RANGE - 1 }).map((threshold): Match => ({ kind: 'statistic-random', threshold })),
  fc
    .tuple(fc.array(fc.constantFrom('src', 'dst'), { minLength: 1, maxLength: 3 }), negation)
    .map(([directions, negated]): Match => ({ kind: 'set', name: 'cali40all', directions, ...negated })),
  negation.map((negated): Match => ({ kind: 'physdev', conditions: [{ ask: 'is-in', ...negated }] })),
  port.map((number): Match => ({ kind: 'ipvs', protocol: 6, address: ip('10.0.0.5'), port: number })),
  fc.constant<Match>({ kind: 'unknown', text: '-m set --match-set a src,dst --return-nomatch' }),
)

const targets: fc.Arbitrary<Target> = fc.oneof(
  fc.constantFrom('ACCEPT', 'DROP', 'RETURN').map((kind): Target => ({ kind })),
  fc.constantFrom('jump', 'goto').map((kind): Target => ({ kind, chain: 'OWN' })),
  fc.tuple(numbers, numbers).map(([value, mask]): Target => ({ kind: 'MARK', value, mask })),
  port.map((number): Target => ({ kind: 'DNAT', address: ip('fd00::5'), port: number })),
  fc.boolean().map((randomFully): Target => ({ kind: 'MASQUERADE', randomFully })),
  fc.constant<Target>({ kind: 'passing', name: 'LOG', text: '-j LOG --log-prefix "a b"' }),
)

const rules: fc.Arbitrary<Rule> = fc
  .tuple(headerMatches, fc.array(extensionMatches, { maxLength: 4 }), fc.option(targets))
  .map(([header, extensions, target]) => ({
    matches: [...header, ...extensions],
    ...(target && { target }),
  }))

const rulesets: fc.Arbitrary<Ruleset> = fc
  .tuple(fc.array(rules, { maxLength: 5 }), fc.array(rules, { maxLength: 5 }))
  .map(([ofHook, own]) => ({
    tables: [
      {
        name: 'filter',
        chains: [
          { name: 'INPUT', policy: 'DROP', rules: ofHook },
          { name: 'OWN', rules: own },
        ],
      },
    ],
  }))
