import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { EndpointSlice, Service } from '../cluster/objects.ts'
import { printIptablesSave } from '../netfilter/print-iptables-save.ts'
import { ruleId, type Chain } from '../netfilter/ruleset.ts'
import { compileNodeRules, type NodeRules } from './compile-node-rules.ts'
import { realServerId, serverId } from './ipvs-servers.ts'
import { elementKey } from './nft-writer.ts'
import { testInput, testService, testSlice } from './objects.fixture.ts'

const names = ['default/a', 'default/b', 'shop/c'] as const
const services: readonly Service[] = names.map((name, index) =>
  testService(name, `10.96.0.${index + 1}`, {
    type: 'NodePort',
    port: { nodePort: 30_000 + index, targetPort: 8080 },
  }),
)

/** What happens to one Service, the others staying the same objects. */
const change = fc.record({
  which: fc.nat(names.length - 1),
  endpoints: fc.uniqueArray(
    fc.constantFrom('10.0.1.1@host01', '10.0.1.2@host01', '10.0.2.1@host02', '10.0.2.2'),
    {
      maxLength: 4,
    },
  ),
  secondSlice: fc.constantFrom<readonly string[]>([], ['10.0.1.1@host01'], ['10.0.3.1', '10.0.2.2@host01']),
  service: fc.constantFrom<Partial<Service>>(
    {},
    { internalTrafficPolicy: 'Local' },
    { externalTrafficPolicy: 'Local' },
    { sessionAffinity: 'ClientIP' },
  ),
  masqueradeAll: fc.boolean(),
  mode: fc.constantFrom('iptables', 'nftables', 'ipvs'),
  node: fc.constantFrom('host01', 'host02'),
})

test('after any changes, in any mode, the rules, their text and their origins are those of a full sync', () => {
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
      let now = services
      let slices: readonly EndpointSlice[] = []
      for (const { which, endpoints, secondSlice, service, masqueradeAll, mode, node } of changes) {
        const name = names[which] ?? ''
        // Endpoints alone change with the same list of Services, as in a cluster.
        if (Object.keys(service).length > 0)
          now = now.map((each, index) => (index === which ? { ...each, ...service } : each))
        const others = slices.filter((each) => `${each.ref.namespace}/${each.serviceName ?? ''}` !== name)
        slices = [...others, testSlice(name, endpoints), testSlice(name, secondSlice)]
        const base = testInput(now, slices)
        const input = {
          ...base,
          node: { ...base.node, name: node },
          config: { ...base.config, masqueradeAll, mode },
        }
        const inSteps = compileNodeRules(input)
        // Nothing that was kept knows a copy.
        const atOnce = compileNodeRules(structuredClone(input))
        for (const part of ['ruleset', 'nft', 'virtualServers', 'sets'] as const)
          expect(inSteps[part]).toEqual(atOnce[part])
        expect(inSteps.cards.ofServices()).toEqual(atOnce.cards.ofServices())
        expect(originsIn(inSteps)).toEqual(originsIn(atOnce))
        expect(printed(inSteps.ruleset)).toBe(printed(atOnce.ruleset))
      }
    }),
  )
})

test('a change of one endpoint leaves the other Services’ chains the same objects', () => {
  const slices = names.map((name, index) => testSlice(name, [`10.0.${index}.1`, `10.0.${index}.2`]))
  const before = compileNodeRules(testInput(services, slices))
  const after = compileNodeRules(testInput(services, slices.with(0, testSlice(names[0], ['10.0.0.3']))))
  const kept = new Set<Chain>(chainsOf(before))
  const written = chainsOf(after).filter((each) => /^KUBE-(SVC|EXT|SEP)-/.test(each.name) && !kept.has(each))
  expect(written.map(({ name }) => name.slice(0, 9))).toEqual(['KUBE-EXT-', 'KUBE-SEP-', 'KUBE-SVC-'])
})

test('two nodes have the chains of a Service in common, and not where its traffic stays local', () => {
  const slices = names.map((name, index) =>
    testSlice(name, [`10.0.${index}.1@host01`, `10.0.${index}.2@host02`]),
  )
  const of = services.with(0, testService(names[0], '10.96.0.1', { internalTrafficPolicy: 'Local' }))
  const input = testInput(of, slices)
  const [one, other] = ['host01', 'host02'].map((name) =>
    compileNodeRules({ ...input, node: { ...input.node, name, addresses: [], interfaceAddresses: [] } }),
  )
  const those = new Set<Chain>(one && chainsOf(one))
  const own = (other ? chainsOf(other) : []).filter(
    (chain) => /^KUBE-(SV[CL]|EXT|SEP)-/.test(chain.name) && !those.has(chain),
  )
  expect(own.map(({ name }) => name.slice(0, 9))).toEqual(['KUBE-SEP-', 'KUBE-SVL-'])
})

/** What stands behind each chain and each rule, or element, or server. */
function originsIn({ ruleset, nft, virtualServers = [], origins }: NodeRules) {
  return [
    ...ruleset.tables.flatMap(({ name: table, chains }) =>
      chains.flatMap(({ name, rules }) => [name, ...rules.map((_, index) => ruleId(table, name, index + 1))]),
    ),
    ...(nft?.table.chains ?? []).map(({ name }) => name),
    ...(nft?.table.sets ?? []).flatMap(({ name, elements }) =>
      elements.map(({ key }) => elementKey(name, key)),
    ),
    ...virtualServers.flatMap((server) => [
      serverId(server),
      ...server.realServers.map((real) => realServerId(server, real)),
    ]),
  ].map((id) => origins(id))
}

function chainsOf({ ruleset }: NodeRules): readonly Chain[] {
  return ruleset.tables.flatMap(({ chains }) => chains)
}

function printed(ruleset: Parameters<typeof printIptablesSave>[0]): string {
  return printIptablesSave(ruleset, { version: '1.8.9 (nf_tables)', printedAt: '' })
}
