import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DRAW_RANGE, openStream } from '../draw.ts'
import { cidr, ip, type IpVersion } from '../network/address.ts'
import { hasPorts, type Packet } from '../network/packet.ts'
import { openNetfilter } from './open-netfilter.ts'
import { packetLine, packetOf } from './packet-notation.ts'
import { parseIptablesSave } from './parse-iptables-save.ts'
import { passHook } from './pass-hook.ts'
import { printIptablesSave } from './print-iptables-save.ts'
import type { ConntrackCondition, Match, PortRange, Rule, Ruleset, Target } from './ruleset.ts'
import { testHost, ways } from './test-host.ts'

test.each([4, 6] as const)('reading what was printed gives the same rules, IPv%i', (ipVersion) => {
  fc.assert(
    fc.property(rulesets(ipVersion), (ruleset) => {
      const text = printIptablesSave(ruleset, { version: 'x', printedAt: 'now', ipVersion })
      expect(parseIptablesSave(text, ipVersion)).toEqual({ ruleset, problems: [] })
    }),
    { seed: 11 },
  )
})

test('the rows of a chain share its connections alike, as far as chance goes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.integer(), (rows, seed) => {
      const rules = Array.from({ length: rows }, (_, at) => {
        const chance = `-m statistic --mode random --probability ${(1 / (rows - at)).toFixed(10)}`
        return `-A PREROUTING ${at === rows - 1 ? '' : chance} -j DNAT --to-destination 172.31.0.${at}\n`
      })
      const { ruleset } = parseIptablesSave(`*nat\n:PREROUTING ACCEPT\n${rules.join('')}COMMIT\n`)
      const draw = openStream(seed, 'shares')
      const shares = new Map<string, number>()
      const [packet, sent] = [packetOf('tcp 10.0.0.1:1 > 10.96.0.1:80'), 4000]
      for (let at = 0; at < sent; at++) {
        const pass = passHook(openNetfilter(ruleset), 'PREROUTING', packet, {
          isLocal: () => false,
          now: 0,
          draw,
        })
        shares.set(pass.after.dst, (shares.get(pass.after.dst) ?? 0) + 1)
      }
      expect(shares.size).toBe(rows)
      // Five standard deviations of a binomial share: one run in a million goes beyond.
      const [mean, spread] = [sent / rows, Math.sqrt((sent / rows) * (1 - 1 / rows))]
      for (const share of shares.values()) expect(Math.abs(share - mean)).toBeLessThanOrEqual(5 * spread)
    }),
    { seed: 13, numRuns: 12 },
  )
})

test('a reply always comes back as the address, port and id that were asked', () => {
  const clients = fc.record({
    host: fc.integer({ min: 1, max: 5 }),
    port: fc.constantFrom(53, 600, 40_000, 40_001, 65_535),
    service: fc.integer({ min: 1, max: 5 }),
    protocol: fc.constantFrom('tcp', 'udp', 'sctp', 'icmp'),
  })
  fc.assert(
    fc.property(fc.array(clients, { maxLength: 20 }), fc.integer(), (connections, seed) => {
      const host = testHost(manyToOne, openStream(seed, 'law'))
      for (const { host: last, port, service, protocol } of connections) {
        // 105 is the endpoint itself: a hairpin.
        const from = last === 5 ? '172.31.0.5' : `192.168.61.10${last}`
        const sent = packetOf(
          protocol === 'icmp'
            ? `icmp ${from} > 10.96.0.${service} 8/0 id ${port}`
            : `${protocol} ${from}:${port} > 10.96.0.${service}:80`,
        )
        const reply = host.send(answerTo(host.send(sent, ways.forward).packet), ways.forward)
        expect(idLine(reply.packet)).toBe(idLine(answerTo(sent)))
      }
      const replies = host.state().conntrack.entries.map((entry) => JSON.stringify(entry.reply))
      expect(new Set(replies).size).toBe(replies.length)
    }),
    { seed: 12, numRuns: 200 },
  )
})

/**
 * Services with one endpoint, or ranges of addresses and ports; some clients masqueraded, some given a range: tuples clash unless
 * ports change. 10.96.0.5 is not tracked at all.
 */
const manyToOne = `
*raw
:PREROUTING ACCEPT [0:0]
-A PREROUTING -d 10.96.0.5 -j NOTRACK
-A PREROUTING -s 10.96.0.5 -j CT --notrack
COMMIT
*nat
:PREROUTING ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
-A PREROUTING -d 10.96.0.4 -p tcp -j DNAT --to-destination 172.31.0.5-172.31.0.6:8080-8081
-A PREROUTING -d 10.96.0.4 -p udp -j DNAT --to-destination 172.31.0.5:53-99 --random
-A PREROUTING -d 10.96.0.0/24 -p tcp -j DNAT --to-destination 172.31.0.5:8080
-A PREROUTING -d 10.96.0.0/24 -p udp -j DNAT --to-destination 172.31.0.5:53
-A PREROUTING -d 10.96.0.0/24 -j DNAT --to-destination 172.31.0.5
-A POSTROUTING -s 192.168.61.102/32 -j MASQUERADE
-A POSTROUTING -s 192.168.61.103/32 -j MASQUERADE --random-fully
-A POSTROUTING -s 192.168.61.104/32 -j SNAT --to-source 192.168.61.200-192.168.61.201
-A POSTROUTING -s 172.31.0.5/32 -d 172.31.0.5/32 -j MASQUERADE
COMMIT
`

function answerTo(packet: Packet): Packet {
  const { src, dst } = packet
  if (!hasPorts(packet)) return { ...packet, src: dst, dst: src, type: 0 }
  const turned = { ...packet, src: dst, dst: src, srcPort: packet.dstPort, dstPort: packet.srcPort }
  return turned.protocol === 'tcp' ? { ...turned, flags: ['SYN', 'ACK'] } : turned
}

function idLine(packet: Packet): string {
  return hasPorts(packet) ? packetLine(packet) : `${packetLine(packet)} id ${packet.id}`
}

const negation = fc.constantFrom({}, { negated: true })
const port = fc.integer({ min: 0, max: 65_535 })
const portRanges: fc.Arbitrary<PortRange> = fc
  .tuple(port, port)
  .filter(([a, b]) => Math.abs(a - b) < 65_535)
  .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }))
const versions = {
  4: { hosts: ['10.96.0.10', '10.0.0.1'], ranges: ['10.96.0.10', '172.31.0.0/16'] },
  6: { hosts: ['fd00::1', '2001:db8::5'], ranges: ['fd00::1', 'fd00:10::/64'] },
} as const
const hostsOf = (version: IpVersion) => fc.constantFrom(...versions[version].hosts).map(ip)
const rangesOf = (version: IpVersion) => fc.constantFrom(...versions[version].ranges).map(cidr)
const numbers = fc.nat({ max: 0xffffffff })

/** Any text but line ends, which no rule can hold. */
const comments = fc.string({ minLength: 1, maxLength: 30 }).filter((text) => !/[\n\r]/.test(text))

const headerMatches = (version: IpVersion): fc.Arbitrary<readonly Match[]> =>
  fc
    .record({
      source: fc.option(fc.tuple(rangesOf(version), negation)),
      destination: fc.option(fc.tuple(rangesOf(version), negation)),
      in: fc.option(fc.constantFrom('eth0', 'cali+')),
      protocol: fc.option(fc.tuple(fc.constantFrom('tcp', 'icmpv6', 'esp'), negation)),
    })
    .map(({ source, destination, in: name, protocol }): readonly Match[] => [
      ...(source ? [{ kind: 'source' as const, cidr: source[0], ...source[1] }] : []),
      ...(destination ? [{ kind: 'destination' as const, cidr: destination[0], ...destination[1] }] : []),
      ...(name === null ? [] : [{ kind: 'in-interface' as const, name }]),
      ...(protocol ? [{ kind: 'protocol' as const, protocol: protocol[0], ...protocol[1] }] : []),
    ])

const flagNames = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG'] as const
const flag = (name: string) => fc.constantFrom({}, { [name]: true })

const conntrackConditions = (version: IpVersion): fc.Arbitrary<readonly ConntrackCondition[]> =>
  fc
    .tuple(
      fc.option(fc.tuple(fc.integer({ min: 1, max: 255 }), negation)),
      fc.option(fc.tuple(rangesOf(version), negation)),
      fc.option(fc.tuple(portRanges, negation)),
      fc.option(fc.subarray(['EXPECTED', 'SEEN_REPLY', 'ASSURED', 'CONFIRMED'] as const, { minLength: 1 })),
      fc.option(fc.constantFrom('ORIGINAL' as const, 'REPLY' as const)),
    )
    .map(([protocol, address, ports, statuses, direction]): readonly ConntrackCondition[] => [
      ...(protocol ? [{ ask: 'protocol' as const, number: protocol[0], ...protocol[1] }] : []),
      ...(address
        ? [
            {
              ask: 'address' as const,
              tuple: 'original' as const,
              end: 'dst' as const,
              cidr: address[0],
              ...address[1],
            },
          ]
        : []),
      ...(ports
        ? [{ ask: 'port' as const, tuple: 'reply' as const, end: 'src' as const, ...ports[0], ...ports[1] }]
        : []),
      ...(statuses ? [{ ask: 'status' as const, statuses }] : []),
      ...(direction ? [{ ask: 'direction' as const, direction }] : []),
    ])

const extensionMatches = (version: IpVersion): fc.Arbitrary<Match> =>
  fc.oneof(
    comments.map((text): Match => ({ kind: 'comment', text })),
    fc
      .tuple(fc.constantFrom('tcp', 'udp', 'sctp'), fc.option(fc.tuple(portRanges, negation)))
      .map(([protocol, condition]): Match => ({
        kind: 'ports',
        protocol,
        ...(condition && { destination: { ...condition[0], ...condition[1] } }),
      })),
    fc
      .tuple(
        fc.constantFrom('source', 'destination', 'both'),
        fc.array(portRanges, { minLength: 1 }),
        negation,
      )
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
    fc.tuple(negation, negation).map(([a, b]): Match => ({
      kind: 'physdev',
      conditions: [
        { ask: 'is-in', ...a },
        { ask: 'out', name: 'veth0', ...b },
      ],
    })),
    fc
      .tuple(fc.subarray([...flagNames]), fc.subarray([...flagNames]), negation)
      .map(([mask, set, negated]): Match => ({
        kind: 'ports',
        protocol: 'tcp',
        flags: { mask, set, ...negated },
      })),
    fc
      .tuple(numbers, numbers, negation)
      .map(([value, mask, negated]): Match => ({ kind: 'connmark', value, mask, ...negated })),
    conntrackConditions(version)
      .filter((conditions) => conditions.length > 0)
      .map((conditions): Match => ({ kind: 'conntrack', states: [], conditions })),
    negation.map((negated): Match => ({
      kind: 'conntrack',
      asState: true,
      states: ['RELATED', 'ESTABLISHED'],
      ...negated,
    })),
    fc.nat({ max: 20 }).map((packet): Match => ({ kind: 'statistic-nth', every: 21, packet })),
    fc
      .tuple(
        fc.constantFrom('source' as const, 'destination' as const),
        fc.constantFrom('LOCAL', 'UNICAST,BROADCAST'),
        fc.constantFrom({}, { limit: 'in' as const }, { limit: 'out' as const }),
        negation,
      )
      .map(([side, type, limit, negated]): Match => ({ kind: 'addrtype', side, type, ...limit, ...negated })),
    fc
      .tuple(
        fc.constantFrom('set' as const, 'rcheck' as const, 'update' as const, 'remove' as const),
        fc.constantFrom({}, { seconds: 60 }, { seconds: 5, reap: true }, { seconds: 9, hitcount: 4 }),
        fc.constantFrom({}, { side: 'destination' as const }),
        negation,
      )
      .map(([action, more, side, negated]): Match => ({
        kind: 'recent',
        name: 'SSH',
        action,
        ...more,
        mask: '255.255.255.0',
        ...side,
        ...negated,
      })),
    fc.tuple(portRanges, negation).map(([ids, negated]): Match => ({
      kind: 'owner',
      conditions: [
        { ask: 'uid', ...ids, ...negated },
        { ask: 'socket-exists', ...negated },
      ],
    })),
    negation.map((negated): Match => ({ kind: 'pkttype', type: 'broadcast', ...negated })),
    fc
      .tuple(flag('loose'), flag('validMark'), flag('acceptLocal'), negation)
      .map((parts): Match => Object.assign({ kind: 'rpfilter' as const }, ...parts)),
    fc
      .tuple(fc.nat({ max: 254 }), fc.option(fc.nat({ max: 255 })), negation)
      .map(([type, code, negated]): Match => ({
        kind: 'icmp',
        version,
        type,
        ...(code === null ? {} : { code }),
        ...negated,
      })),
    port.map((number): Match => ({ kind: 'ipvs', protocol: 6, address: ip('10.0.0.5'), port: number })),
    fc.constant<Match>({ kind: 'unknown', text: '-m set --match-set a src,dst --return-nomatch' }),
  )

const someports = fc.constantFrom({}, { port: 80 }, { port: 1024, toPort: 2048 })

const targets = (version: IpVersion): fc.Arbitrary<Target> => {
  const [address, toAddress] = versions[version].hosts.map(ip)
  const ends = hostsOf(version).map((first) => ({ address: first }))
  const spans = fc.constantFrom({}, toAddress && address ? { address, toAddress } : {})
  return fc.oneof(
    fc.constantFrom('ACCEPT', 'DROP', 'RETURN').map((kind): Target => ({ kind })),
    fc.constantFrom('jump', 'goto').map((kind): Target => ({ kind, chain: 'OWN' })),
    fc.tuple(numbers, numbers).map(([value, mask]): Target => ({ kind: 'MARK', value, mask })),
    fc
      .tuple(numbers, numbers)
      .map(([value, mask]): Target => ({ kind: 'CONNMARK', action: 'set', value, mask })),
    fc
      .tuple(fc.constantFrom('save' as const, 'restore' as const), numbers, numbers)
      .map(([action, packetMask, connectionMask]): Target => ({
        kind: 'CONNMARK',
        action,
        packetMask,
        connectionMask,
      })),
    fc
      .tuple(ends, spans, someports, flag('random'), flag('persistent'))
      .map(([end, span, ...more]): Target => Object.assign({ kind: 'DNAT' as const, ...end }, span, ...more)),
    fc
      .tuple(ends, spans, someports, fc.boolean(), flag('persistent'))
      .map(([end, span, ports, randomFully, persistent]): Target => ({
        kind: 'SNAT',
        ...end,
        ...span,
        ...ports,
        randomFully,
        ...persistent,
      })),
    fc.tuple(someports, fc.boolean(), flag('random')).map(([ports, randomFully, random]): Target => ({
      kind: 'MASQUERADE',
      ...ports,
      randomFully,
      ...random,
    })),
    fc
      .tuple(someports, flag('random'))
      .map(([ports, random]): Target => ({ kind: 'REDIRECT', ...ports, ...random })),
    fc.constantFrom<Target>({ kind: 'NOTRACK' }, { kind: 'NOTRACK', asCt: true }),
    fc
      .constantFrom('icmp-port-unreachable', 'icmp6-no-route', 'tcp-reset')
      .map((answer): Target => ({ kind: 'REJECT', with: answer })),
    fc.constant<Target>({ kind: 'passing', name: 'LOG', text: '-j LOG --log-prefix "a b"' }),
    fc.constant<Target>({ kind: 'unknown', name: 'TPROXY', text: '-j TPROXY --on-port 15006' }),
  )
}

const rules = (version: IpVersion): fc.Arbitrary<Rule> =>
  fc
    .tuple(
      headerMatches(version),
      fc.array(extensionMatches(version), { maxLength: 4 }),
      fc.option(targets(version)),
    )
    .map(([header, extensions, target]) => ({
      matches: [...header, ...extensions],
      ...(target && { target }),
    }))

/** Tables in the order of print, each with some of its hooks and a chain of its own. */
const rulesets = (version: IpVersion): fc.Arbitrary<Ruleset> =>
  fc
    .subarray([
      { name: 'mangle', hooks: ['PREROUTING', 'FORWARD'] },
      { name: 'security', hooks: ['INPUT'] },
      { name: 'raw', hooks: ['PREROUTING', 'OUTPUT'] },
      { name: 'filter', hooks: ['INPUT', 'FORWARD', 'OUTPUT'] },
      { name: 'nat', hooks: ['PREROUTING', 'POSTROUTING'] },
    ] as const)
    .chain((tables) =>
      fc.tuple(
        ...tables.map(({ name, hooks }) =>
          fc
            .array(fc.array(rules(version), { maxLength: 3 }), {
              minLength: hooks.length + 1,
              maxLength: hooks.length + 1,
            })
            .map(([own = [], ...ofHooks]) => ({
              name,
              chains: [
                ...hooks.map((hook, at) => ({
                  name: hook,
                  policy: at === 0 ? ('DROP' as const) : ('ACCEPT' as const),
                  rules: ofHooks[at] ?? [],
                })),
                { name: 'OWN', rules: own },
              ],
            })),
        ),
      ),
    )
    .map((tables) => ({ tables }))
