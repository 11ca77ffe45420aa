import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ip } from '../network/address.ts'
import type {
  NftChain,
  NftElement,
  NftRule,
  NftSet,
  NftStatement,
  NftTable,
  NftVerdict,
} from './nft-ruleset.ts'
import { parseNft } from './parse-nft.ts'
import { printNftScript, printNftTable } from './print-nft.ts'

// As nft 1.0.6 prints kube-proxy's statements, and others beside them.
const listed = `table ip kube-proxy {
	comment "rules for kube-proxy"
	set cluster-ips {
		type ipv4_addr
		comment "Active ClusterIPs"
		elements = { 172.30.0.9, 172.30.0.41,
			     172.30.0.42 }
	}

	set affinity-GTK6MW7G-ns5/svc5/tcp/p80__10.180.0.3/80 {
		type ipv4_addr
		size 65535
		flags dynamic,timeout
		timeout 3h
	}

	map service-ips {
		type ipv4_addr . inet_proto . inet_service : verdict
		comment "ClusterIP, ExternalIP and LoadBalancer IP traffic"
		elements = { 5.6.7.8 . tcp . 80 comment "ns5/svc5:p80" : goto external-HVFWP5L3-ns5/svc5/tcp/p80,
			     172.30.0.41 . tcp . 80 : drop }
	}

	chain nat-prerouting {
		type nat hook prerouting priority dstnat; policy accept;
		jump services
	}

	chain filter-prerouting-pre-dnat {
		type filter hook prerouting priority dstnat - 10; policy accept;
		ct state new jump firewall-check
	}

	chain firewall-check {
		ip saddr != { 1.2.3.4, 203.0.113.0/25 } drop
		iifname != "cali*" counter packets 3 bytes 180 accept
		ct state established,related return
	}

	chain services {
		ip daddr . meta l4proto . th dport vmap @service-ips
		fib saddr type local goto firewall-check comment "short-circuit local traffic"
	}

	chain masquerading {
		meta mark & 0x00004000 == 0x00000000 return
		meta mark set meta mark ^ 0x00004000
		masquerade fully-random
	}

	chain endpoint {
		update @affinity-GTK6MW7G-ns5/svc5/tcp/p80__10.180.0.3/80 { ip saddr }
		tcp dport 80 meta l4proto tcp dnat to 10.180.0.3:80
		numgen random mod 2 vmap { 0 : goto endpoint, 1 : drop }
		reject
	}
}
`

test('what nft lists is read, and printed back byte for byte', () => {
  const { tables, problems } = parseNft(listed)
  expect(problems).toEqual([])
  expect(tables.map((table) => printNftTable(table)).join('\n')).toBe(listed)
})

test('what a statement means beyond us is kept as text, and so is the rest of its rule', () => {
  const { tables, problems } = parseNft(
    'table ip t {\n\tchain c {\n\t\tip ttl 3 limit rate 1/second drop\n\t}\n}\n',
  )
  expect(problems).toEqual([])
  expect(tables[0]?.chains[0]?.rules).toEqual([
    { statements: [{ kind: 'unknown', text: 'ip ttl 3 limit rate 1/second drop' }] },
  ])
})

test('elements that packets have put into a set are no rules', () => {
  const { tables } = parseNft(
    'table ip t {\n\tset s {\n\t\ttype ipv4_addr\n\t\telements = { 1.2.3.4 expires 6s996ms, 1.2.3.5 }\n\t}\n}\n',
  )
  expect(tables[0]?.sets[0]?.elements).toEqual([{ key: ['1.2.3.5'] }])
})

describe('a line that cannot be taken', () => {
  test.each([
    { text: 'hello world', line: 1, detail: 'is neither a table nor an add command' },
    { text: 'table inet filter {\n}', line: 1, detail: 'a table of the family inet is not modelled' },
    {
      text: 'table ip t {\n\tchain c {\n\t\ttype filter hook input priority filter; policy drop;\n\t}\n}',
      line: 3,
      detail: 'a policy other than accept is not modelled',
    },
    {
      text: 'table ip t {\n\tset s {\n\t\ttype ipv4_addr\n\t\tflags interval\n\t}\n}',
      line: 4,
      detail: 'flags other than dynamic,timeout are not modelled',
    },
  ])('$text: $detail', ({ text, line, detail }) => {
    expect(parseNft(text).problems[0]).toMatchObject({ line, detail })
  })
})

const name = fc.stringMatching(/^[a-z][a-z0-9/_-]{0,12}$/).filter((each) => !reserved.includes(each))
const reserved = [
  'drop',
  'accept',
  'return',
  'jump',
  'goto',
  'comment',
  'type',
  'policy',
  'counter',
  'mark',
  'set',
  'to',
]
const address = fc.ipV4().map((text) => ip(text))
const port = fc.integer({ min: 1, max: 65_535 })
const says = fc.option(fc.stringMatching(/^[a-zA-Z0-9 :@,{}-]{1,20}$/), { nil: undefined })
const verdict: fc.Arbitrary<NftVerdict> = fc.oneof(
  fc.constantFrom<NftVerdict>({ kind: 'accept' }, { kind: 'drop' }, { kind: 'return' }),
  fc.record({ kind: fc.constantFrom('jump' as const, 'goto' as const), chain: name }),
)
const statement: fc.Arbitrary<NftStatement> = fc.oneof(
  address.map((value): NftStatement => ({ kind: 'match', field: 'ip saddr', values: [value] })),
  address.map((value): NftStatement => ({
    kind: 'match',
    field: 'ip daddr',
    negated: true,
    values: [value],
  })),
  port.map((value): NftStatement => ({ kind: 'match', field: 'tcp dport', values: [`${value}`] })),
  fc.constant<NftStatement>({ kind: 'match', field: 'ct state', values: ['new', 'established'] }),
  fc.constant<NftStatement>({ kind: 'match', field: 'iifname', values: ['cali*'] }),
  name.map((set): NftStatement => ({ kind: 'in-set', field: 'ip saddr', set })),
  name.map((set): NftStatement => ({ kind: 'update', set, field: 'ip saddr' })),
  name.map((map): NftStatement => ({ kind: 'look-up', key: ['ip daddr', 'meta l4proto', 'th dport'], map })),
  fc
    .array(verdict, { minLength: 1, maxLength: 5 })
    .map((verdicts): NftStatement => ({ kind: 'numgen', verdicts })),
  fc.record({ kind: fc.constant('mark-unset' as const), mask: fc.integer({ min: 1, max: 0xffff }) }),
  fc.record({
    kind: fc.constant('set-mark' as const),
    operation: fc.constantFrom('or' as const, 'xor' as const),
    value: fc.integer({ min: 1, max: 0xffff }),
  }),
  fc.record({ kind: fc.constant('counter' as const), packets: port, bytes: port }),
  fc.record({ kind: fc.constant('verdict' as const), verdict }),
  fc.record({ kind: fc.constant('dnat' as const), address, port }),
  fc.record({ kind: fc.constant('masquerade' as const), fullyRandom: fc.boolean() }),
)
const rule: fc.Arbitrary<NftRule> = fc
  .record({ statements: fc.array(statement, { minLength: 1, maxLength: 4 }), comment: says })
  .map(({ statements, comment }) => (comment === undefined ? { statements } : { statements, comment }))
const chain = (own: string): fc.Arbitrary<NftChain> =>
  fc.record({ name: fc.constant(own), rules: fc.array(rule, { maxLength: 4 }) })
const base: NftChain = {
  name: 'base',
  base: { type: 'filter', hook: 'prerouting', priority: -110 },
  rules: [{ statements: [{ kind: 'reject' }] }],
}
const map: fc.Arbitrary<NftSet> = fc
  .uniqueArray(fc.tuple(address, port, verdict, says), {
    maxLength: 5,
    selector: ([one, two]) => `${one} ${two}`,
  })
  .map((entries) => ({
    kind: 'map',
    name: 'm',
    types: ['ipv4_addr', 'inet_proto', 'inet_service'],
    elements: entries.map(([to, number, goes, comment]): NftElement => ({
      key: [to, 'tcp', `${number}`],
      verdict: goes,
      ...(comment !== undefined && { comment }),
    })),
  }))
const timed: NftSet = { kind: 'set', name: 's', types: ['ipv4_addr'], timeoutSeconds: 10_800, elements: [] }
const table: fc.Arbitrary<NftTable> = fc
  .record({ one: chain('one'), two: chain('two'), map, comment: says })
  .map(({ one, two, map: filled, comment }) => ({
    family: 'ip',
    name: 't',
    ...(comment !== undefined && { comment }),
    sets: [timed, filled],
    chains: [base, one, two],
  }))

describe('any table', () => {
  test('comes back from its script', () => {
    fc.assert(
      fc.property(table, (given) => {
        expect(parseNft(printNftScript(given))).toEqual({ tables: [given], problems: [] })
      }),
    )
  })
  test('comes back from its listing, which sorts elements', () => {
    fc.assert(
      fc.property(table, (given) => {
        const text = printNftTable(given)
        const { tables, problems } = parseNft(text)
        expect(problems).toEqual([])
        expect(tables.map((each) => ({ ...each, sets: [] }))).toEqual([{ ...given, sets: [] }])
        expect(tables.map((each) => printNftTable(each)).join('')).toBe(text)
      }),
    )
  })
})
