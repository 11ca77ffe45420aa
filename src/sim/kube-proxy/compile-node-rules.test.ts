import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { KubeProxyConfig } from '../cluster/cluster.ts'
import { cidr, ip } from '../network/address.ts'
import { printIptablesSave, printRule } from '../netfilter/print-iptables-save.ts'
import { parseIptablesSave } from '../netfilter/parse-iptables-save.ts'
import type { TableName } from '../netfilter/ruleset.ts'
import { compileNodeRules, type NodeRules } from './compile-node-rules.ts'
import type { NodeRulesInput } from './node-rules-input.ts'
import { testInput, testService, testSlice } from './objects.fixture.ts'

const podRange: Partial<KubeProxyConfig> = {
  detectLocal: { kind: 'ClusterCIDR', cidrs: [cidr('172.31.0.0/16')] },
}
const nginx = testService('default/nginx', '10.100.221.220')
const fiveOfNginx = testSlice('default/nginx', [
  '192.168.239.235',
  '192.168.239.236',
  '192.168.239.237',
  '192.168.239.238',
  '192.168.89.234',
])

describe('default/nginx with five Pods, on a cluster that a book shows', () => {
  const rules = compile(testInput([nginx], [fiveOfNginx]), podRange)

  test('has the chain, rows and probabilities that the book prints', () => {
    expect(chain(rules, 'nat', 'KUBE-SVC-2CMXP7HKUVJN7L6M')).toEqual([
      '! -s 172.31.0.0/16 -d 10.100.221.220/32 -p tcp -m comment --comment "default/nginx cluster IP" -m tcp --dport 80 -j KUBE-MARK-MASQ',
      '-m comment --comment "default/nginx -> 192.168.239.235:80" -m statistic --mode random --probability 0.20000000019 -j KUBE-SEP-PIVU7ZHMCSOWIZ2Z',
      '-m comment --comment "default/nginx -> 192.168.239.236:80" -m statistic --mode random --probability 0.25000000000 -j KUBE-SEP-CFQXKE74QEHFB7VJ',
      '-m comment --comment "default/nginx -> 192.168.239.237:80" -m statistic --mode random --probability 0.33333333349 -j KUBE-SEP-DHDWEJZ7MGGIR5XF',
      '-m comment --comment "default/nginx -> 192.168.239.238:80" -m statistic --mode random --probability 0.50000000000 -j KUBE-SEP-3S3S2VJCXSAISE2Z',
      '-m comment --comment "default/nginx -> 192.168.89.234:80" -j KUBE-SEP-AQWD2Y25T24EHSNI',
    ])
  })

  test('rewrites to the Pod in its endpoint’s chain, and marks what the Pod sends to itself', () => {
    expect(chain(rules, 'nat', 'KUBE-SEP-AQWD2Y25T24EHSNI')).toEqual([
      '-s 192.168.89.234/32 -m comment --comment "default/nginx" -j KUBE-MARK-MASQ',
      '-p tcp -m comment --comment "default/nginx" -m tcp -j DNAT --to-destination 192.168.89.234:80',
    ])
  })

  test('is a card of five rows, each with a fifth of the connections', () => {
    const [card] = rules.cards.ofServices()
    expect(card).toMatchObject({
      chain: 'KUBE-SVC-2CMXP7HKUVJN7L6M',
      portName: '',
      protocol: 'TCP',
      port: 80,
    })
    expect(card?.rows.map(({ share }) => share.toFixed(9))).toEqual(Array(5).fill('0.200000000'))
    expect(card?.rows[0]).toMatchObject({
      ruleId: 'nat KUBE-SVC-2CMXP7HKUVJN7L6M 2',
      sepChain: 'KUBE-SEP-PIVU7ZHMCSOWIZ2Z',
      endpoint: '192.168.239.235:80',
      pod: { kind: 'Pod', namespace: 'default', name: 'pod-192.168.239.235' },
      threshold: 429496730,
    })
    expect(card?.rows[4]).not.toHaveProperty('threshold')
  })

  test('knows the fields behind its rules', () => {
    expect(rules.origins('nat KUBE-SERVICES 1')).toEqual([
      { object: nginx.ref, paths: [['spec', 'ports', 0, 'port']] },
    ])
    expect(rules.origins('KUBE-SEP-AQWD2Y25T24EHSNI')).toEqual([
      {
        object: nginx.ref,
        paths: [
          ['spec', 'selector'],
          ['spec', 'ports', 0, 'targetPort'],
        ],
      },
      { object: fiveOfNginx.ref, paths: [['endpoints', 4]] },
    ])
  })
})

describe('a Service without endpoints', () => {
  const nodePort = testService('default/nginx', '10.96.0.10', { type: 'NodePort', port: { nodePort: 30080 } })
  const rules = compile(testInput([nodePort], []))

  test('is rejected in filter, at its ClusterIP and at its node port, and owns no nat chain', () => {
    expect(chain(rules, 'filter', 'KUBE-SERVICES')).toEqual([
      '-d 10.96.0.10/32 -p tcp -m comment --comment "default/nginx has no endpoints" -m tcp --dport 80 -j REJECT --reject-with icmp-port-unreachable',
    ])
    expect(chain(rules, 'filter', 'KUBE-EXTERNAL-SERVICES')).toEqual([
      '-p tcp -m comment --comment "default/nginx has no endpoints" -m addrtype --dst-type LOCAL -m tcp --dport 30080 -j REJECT --reject-with icmp-port-unreachable',
    ])
    expect(chainNames(rules, 'nat').filter((name) => /^KUBE-(SVC|SVL|EXT|FW|SEP)-/.test(name))).toEqual([])
  })

  test('has a card without rows, whose reason is its selector', () => {
    expect(rules.cards.ofServices()).toMatchObject([{ chain: '', rows: [] }])
    expect(rules.origins('filter KUBE-SERVICES 1')).toEqual([
      {
        object: nodePort.ref,
        paths: [
          ['spec', 'ports', 0, 'port'],
          ['spec', 'selector'],
        ],
      },
    ])
  })
})

describe('the jumps from the built-in chains', () => {
  const rules = compile(testInput([], []))

  test.each([
    ['nat', 'PREROUTING', ['KUBE-SERVICES']],
    ['nat', 'OUTPUT', ['KUBE-SERVICES']],
    ['nat', 'POSTROUTING', ['KUBE-POSTROUTING']],
    ['nat', 'INPUT', []],
    ['filter', 'INPUT', ['KUBE-PROXY-FIREWALL', 'KUBE-NODEPORTS', 'KUBE-EXTERNAL-SERVICES', 'KUBE-FIREWALL']],
    ['filter', 'FORWARD', ['KUBE-PROXY-FIREWALL', 'KUBE-FORWARD', 'KUBE-SERVICES', 'KUBE-EXTERNAL-SERVICES']],
    ['filter', 'OUTPUT', ['KUBE-PROXY-FIREWALL', 'KUBE-SERVICES', 'KUBE-FIREWALL']],
  ] as const)('of %s %s lead to %j', (table, hook, targets) => {
    expect(chain(rules, table, hook).map((line) => line.replace(/^.*-j /, ''))).toEqual(targets)
  })
})

describe('a Pod’s traffic is told from others’', () => {
  const { node } = testInput([], [])
  const masqueradeCheck = (detectLocal: KubeProxyConfig['detectLocal'], more: Partial<NodeRulesInput> = {}) =>
    chain(
      compile({ ...testInput([nginx], [fiveOfNginx]), ...more }, { detectLocal }),
      'nat',
      'KUBE-SVC-2CMXP7HKUVJN7L6M',
    )
      .filter((rule) => rule.endsWith('KUBE-MARK-MASQ'))
      .map((rule) => rule.replace(/ -m comment.*/, ''))

  test.each<{ readonly mode: KubeProxyConfig['detectLocal']; readonly first: string }>([
    {
      mode: { kind: 'ClusterCIDR', cidrs: [cidr('fd00::/48'), cidr('172.31.0.0/16')] },
      first: '! -s 172.31.0.0/16 -d 10.100.221.220/32 -p tcp',
    },
    { mode: { kind: 'NodeCIDR' }, first: '! -s 172.31.1.0/24 -d 10.100.221.220/32 -p tcp' },
    {
      mode: { kind: 'BridgeInterface', name: 'cni0' },
      first: '-d 10.100.221.220/32 ! -i cni0 -p tcp',
    },
    {
      mode: { kind: 'InterfaceNamePrefix', prefix: 'cali' },
      first: '-d 10.100.221.220/32 ! -i cali+ -p tcp',
    },
  ])('by $mode.kind', ({ mode, first }) => {
    expect(masqueradeCheck(mode)).toEqual([first])
  })

  test.each<{ readonly why: string; readonly mode: KubeProxyConfig['detectLocal'] }>([
    { why: 'no mode has a value', mode: { kind: 'none' } },
    { why: 'the range is of the other family', mode: { kind: 'ClusterCIDR', cidrs: [cidr('fd00::/48')] } },
  ])('by nothing where $why, and no ClusterIP is masqueraded', ({ mode }) => {
    expect(masqueradeCheck(mode)).toEqual([])
  })

  test('by nothing where the node has no podCIDR', () => {
    expect(masqueradeCheck({ kind: 'NodeCIDR' }, { node: { ...node, podCidrs: [] } })).toEqual([])
  })
})

describe('externalTrafficPolicy Local', () => {
  const local = testService('default/nginx', '10.96.0.10', {
    type: 'NodePort',
    externalTrafficPolicy: 'Local',
    port: { nodePort: 30080 },
  })
  const ext = 'KUBE-EXT-2CMXP7HKUVJN7L6M'

  test('keeps outside traffic on a node that has an endpoint, and Pods and the node get all of them', () => {
    const rules = compile(
      testInput([local], [testSlice('default/nginx', ['172.31.0.1@host01', '172.31.0.2@host02'])]),
      podRange,
    )
    expect(chain(rules, 'nat', ext)).toEqual([
      '-s 172.31.0.0/16 -m comment --comment "pod traffic for default/nginx external destinations" -j KUBE-SVC-2CMXP7HKUVJN7L6M',
      '-m comment --comment "masquerade LOCAL traffic for default/nginx external destinations" -m addrtype --src-type LOCAL -j KUBE-MARK-MASQ',
      '-m comment --comment "route LOCAL traffic for default/nginx external destinations" -m addrtype --src-type LOCAL -j KUBE-SVC-2CMXP7HKUVJN7L6M',
      '-j KUBE-SVL-2CMXP7HKUVJN7L6M',
    ])
    expect(rules.cards.ofServices()).toMatchObject([
      {
        chain: 'KUBE-SVC-2CMXP7HKUVJN7L6M',
        chains: ['KUBE-SVC-2CMXP7HKUVJN7L6M', 'KUBE-SVL-2CMXP7HKUVJN7L6M'],
      },
    ])
  })

  test('drops it on a node that has none', () => {
    const rules = compile(testInput([local], [testSlice('default/nginx', ['172.31.0.2@host02'])]))
    expect(chain(rules, 'filter', 'KUBE-EXTERNAL-SERVICES')).toEqual([
      '-p tcp -m comment --comment "default/nginx has no local endpoints" -m addrtype --dst-type LOCAL -m tcp --dport 30080 -j DROP',
    ])
    expect(chain(rules, 'nat', ext)).not.toContain('-j KUBE-SVL-2CMXP7HKUVJN7L6M')
  })
})

describe('node ports', () => {
  const tail =
    '-m comment --comment "kubernetes service nodeports; NOTE: this must be the last rule in this chain"'

  test.each([
    { addresses: [], localhost: true, rules: [`${tail} -m addrtype --dst-type LOCAL`] },
    { addresses: [], localhost: false, rules: [`! -d 127.0.0.0/8 ${tail} -m addrtype --dst-type LOCAL`] },
    { addresses: ['192.168.61.0/24'], localhost: true, rules: [`-d 192.168.61.11/32 ${tail}`] },
    { addresses: ['primary'], localhost: true, rules: [`-d 192.168.61.11/32 ${tail}`] },
    {
      addresses: ['192.168.61.0/24', '127.0.0.0/8'],
      localhost: true,
      rules: [`-d 192.168.61.11/32 ${tail}`, `-d 127.0.0.1/32 ${tail}`],
    },
  ])('with nodePortAddresses $addresses and localhost $localhost answer at $rules', (row) => {
    const config = { nodePortAddresses: row.addresses, localhostNodePorts: row.localhost }
    const rules = compile(testInput([], []), config)
    expect(chain(rules, 'nat', 'KUBE-SERVICES')).toEqual(row.rules.map((rule) => `${rule} -j KUBE-NODEPORTS`))
  })
})

describe('IPv6', () => {
  const dual = testService('default/nginx', '10.96.0.10', {
    clusterIps: [ip('10.96.0.10'), ip('fd00:96::10')],
  })
  const slices = [testSlice('default/nginx', ['172.31.0.1']), testSlice('default/nginx', ['fd00:31::1'])]

  test('has rules of its own, for its own addresses', () => {
    const rules = compileNodeRules({ ...testInput([dual], slices), ipVersion: 6 })
    expect(rules.cards.ofServices()[0]?.rows.map(({ endpoint }) => endpoint)).toEqual(['[fd00:31::1]:80'])
    const text = printIptablesSave(rules.ruleset, { version: 'x', printedAt: 'now', ipVersion: 6 })
    expect(text).toContain('-j DNAT --to-destination [fd00:31::1]:80')
    expect(text).not.toMatch(/\d+\.\d+\.\d+\.\d+/)
  })
})

describe('whatever Services there are', () => {
  const policies = fc.constantFrom('Cluster', 'Local')
  const services = fc.array(
    fc.record({
      internal: policies,
      external: policies,
      nodePort: fc.constantFrom(0, 30080),
      vip: fc.boolean(),
      affinity: fc.constantFrom('None', 'ClientIP'),
      endpoints: fc.subarray(['172.31.0.1@host01', '172.31.0.2@host01', '172.31.0.3@host02']),
    }),
    { maxLength: 4 },
  )

  test('every chain that is jumped to exists, every Service’s chain is jumped to, and the text reads back as the rules', () => {
    fc.assert(
      fc.property(services, (all) => {
        const objects = all.map((each, index) => {
          const name = `default/s${index}`
          const service = testService(name, `10.96.0.${index + 1}`, {
            type: each.nodePort > 0 ? 'NodePort' : 'ClusterIP',
            internalTrafficPolicy: each.internal,
            externalTrafficPolicy: each.external,
            sessionAffinity: each.affinity,
            port: { nodePort: each.nodePort },
            externalIps: each.vip ? [ip(`203.0.113.${index + 1}`)] : [],
          })
          return { service, slice: testSlice(name, each.endpoints) }
        })
        const { ruleset } = compileNodeRules(
          testInput(
            objects.map(({ service }) => service),
            objects.map(({ slice }) => slice),
          ),
        )
        for (const table of ruleset.tables) {
          const names = new Set(table.chains.map(({ name }) => name))
          const jumpedTo = new Set(
            table.chains.flatMap((each) =>
              each.rules.flatMap(({ target }) => (target?.kind === 'jump' ? [target.chain] : [])),
            ),
          )
          expect([...jumpedTo].filter((name) => !names.has(name))).toEqual([])
          const own = [...names].filter((name) => /^KUBE-(SVC|SVL|EXT|FW|SEP)-/.test(name))
          expect(own.filter((name) => !jumpedTo.has(name))).toEqual([])
        }
        const text = printIptablesSave(ruleset, { version: 'x', printedAt: 'now' })
        const again = parseIptablesSave(text)
        expect(again.problems).toEqual([])
        expect(printIptablesSave(again.ruleset, { version: 'x', printedAt: 'now' })).toBe(text)
      }),
      { seed: 21 },
    )
  })

  test.each([1, 2, 3, 7, 100, 1000])('each of %d endpoints gets its share', (count) => {
    const addresses = Array.from({ length: count }, (_, index) => `172.31.${index >> 8}.${index & 255}`)
    const [card] = compile(testInput([nginx], [testSlice('default/nginx', addresses)])).cards.ofServices()
    expect(card?.rows).toHaveLength(count)
    for (const { share } of card?.rows ?? []) expect(share * count).toBeCloseTo(1, 5)
  })
})

describe('Calico’s IPPools', () => {
  const origin = (name: string) => ({
    object: { kind: 'IPPool', namespace: '', name },
    paths: [['spec', 'natOutgoing']],
  })
  const pool = (name: string, range: string, natOutgoing: boolean) => ({
    cidr: cidr(range),
    natOutgoing,
    vxlan: false,
    origin: origin(name),
  })
  const pools = [
    pool('pods', '172.31.0.0/16', true),
    pool('routed', '172.30.0.0/16', false),
    pool('six', 'fd00:31::/64', true),
  ]

  test('masquerade what leaves them, asked before kube-proxy’s own masquerade', () => {
    const rules = compile(testInput([nginx], [fiveOfNginx], { ipPools: pools }))
    expect(chain(rules, 'nat', 'POSTROUTING').map((line) => line.replace(/^.* (?=-j)/, ''))).toEqual([
      '-j cali-POSTROUTING',
      '-j KUBE-POSTROUTING',
    ])
    expect(chain(rules, 'nat', 'cali-nat-outgoing')).toEqual([
      '-m set --match-set cali40masq-ipam-pools src -m set ! --match-set cali40all-ipam-pools dst -j MASQUERADE --random-fully',
    ])
    expect(rules.sets).toEqual({
      'cali40masq-ipam-pools': { type: 'hash:net', version: 4, entries: ['172.31.0.0/16'] },
      'cali40all-ipam-pools': { type: 'hash:net', version: 4, entries: ['172.31.0.0/16', '172.30.0.0/16'] },
    })
    expect(rules.origins('nat cali-nat-outgoing 1')).toEqual([origin('pods')])
  })
  test('with a tunnel have its packets untracked, and the node’s own source put right', () => {
    const tunnelled = [{ ...pool('pods', '172.31.0.0/16', true), vxlan: true }]
    const rules = compile(testInput([], [], { ipPools: tunnelled }))
    const raw = ['-p udp -m udp --dport 4789 -j NOTRACK']
    expect([chain(rules, 'raw', 'PREROUTING'), chain(rules, 'raw', 'OUTPUT')]).toEqual([
      ['-j cali-PREROUTING'],
      ['-j cali-OUTPUT'],
    ])
    expect([chain(rules, 'raw', 'cali-PREROUTING'), chain(rules, 'raw', 'cali-OUTPUT')]).toEqual([raw, raw])
    expect(chain(rules, 'nat', 'cali-POSTROUTING')).toEqual([
      '-j cali-nat-outgoing',
      '-o vxlan.calico -m addrtype ! --src-type LOCAL --limit-iface-out -m addrtype --src-type LOCAL -j MASQUERADE --random-fully',
    ])
  })
  test('leave the chain empty where none of the family says natOutgoing', () => {
    const rules = compile(testInput([], [], { ipPools: [pool('routed', '172.30.0.0/16', false)] }))
    expect(chainNames(rules, 'nat')).toContain('cali-nat-outgoing')
    expect(chain(rules, 'nat', 'cali-nat-outgoing')).toEqual([])
  })
  test('write nothing into the rules of the other family', () => {
    const rules = compile(testInput([], [], { ipPools: [pool('six', 'fd00:31::/64', true)] }))
    const { ruleset, sets } = compile(testInput([], []))
    expect(rules).toMatchObject({ ruleset, sets })
  })
})

function compile(input: NodeRulesInput, config: Partial<NodeRulesInput['config']> = {}): NodeRules {
  return compileNodeRules({ ...input, config: { ...input.config, ...config } })
}

/** The rules of a chain, without `-A CHAIN `. */
function chain({ ruleset }: NodeRules, table: TableName, name: string): readonly string[] {
  const found = ruleset.tables.find((each) => each.name === table)?.chains.find((each) => each.name === name)
  return (found?.rules ?? []).map((rule) => printRule(name, rule).slice(`-A ${name} `.length))
}

function chainNames({ ruleset }: NodeRules, table: TableName): readonly string[] {
  return ruleset.tables
    .filter(({ name }) => name === table)
    .flatMap(({ chains }) => chains.map(({ name }) => name))
}
