import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { EndpointSlice, Service } from '../cluster/objects.ts'
import { printIptablesSave } from '../netfilter/print-iptables-save.ts'
import type { Chain } from '../netfilter/ruleset.ts'
import { compileNodeRules } from './compile-node-rules.ts'
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
  node: fc.constantFrom('host01', 'host02'),
})

test('after any changes the rules, their text and their origins are those of a full sync', () => {
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
      let now = services
      let slices: readonly EndpointSlice[] = []
      for (const { which, endpoints, secondSlice, service, masqueradeAll, node } of changes) {
        const name = names[which] ?? ''
        now = now.map((each, index) => (index === which ? { ...each, ...service } : each))
        const others = slices.filter((each) => `${each.ref.namespace}/${each.serviceName ?? ''}` !== name)
        slices = [...others, testSlice(name, endpoints), testSlice(name, secondSlice)]
        const base = testInput(now, slices)
        const input = {
          ...base,
          node: { ...base.node, name: node },
          config: { ...base.config, masqueradeAll },
        }
        const inSteps = compileNodeRules(input)
        // Nothing that was kept knows a copy.
        const atOnce = compileNodeRules(structuredClone(input))
        expect(inSteps).toEqual(atOnce)
        expect(Object.keys(inSteps.origins)).toEqual(Object.keys(atOnce.origins))
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
  expect(written.map(({ name }) => name.slice(0, 9))).toEqual(['KUBE-EXT-', 'KUBE-SVC-', 'KUBE-SEP-'])
})

function chainsOf({ ruleset }: ReturnType<typeof compileNodeRules>): readonly Chain[] {
  return ruleset.tables.flatMap(({ chains }) => chains)
}

function printed(ruleset: Parameters<typeof printIptablesSave>[0]): string {
  return printIptablesSave(ruleset, { version: '1.8.9 (nf_tables)', printedAt: '' })
}
