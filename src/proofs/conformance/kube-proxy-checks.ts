/** One check for each key of a golden expectation. Each gives the two texts that must be equal. */
import { chooseEndpoints } from '../../sim/kube-proxy/choose-endpoints.ts'
import { compileProxyRules } from '../../sim/kube-proxy/compile-node-rules.ts'
import type { NodeRulesInput } from '../../sim/kube-proxy/node-rules-input.ts'
import { localReadyEndpoints, withoutLocalEndpoints } from '../../sim/kube-proxy/local-endpoints.ts'
import { probabilityText } from '../../sim/kube-proxy/probability.ts'
import { allEndpoints, endpointsOf } from '../../sim/kube-proxy/endpoint-lists.ts'
import { isOnNode, serviceEndpoints } from '../../sim/kube-proxy/service-endpoints.ts'
import { servicePorts, usesCluster, usesLocal } from '../../sim/kube-proxy/service-ports.ts'
import { parseIptablesSave } from '../../sim/netfilter/parse-iptables-save.ts'
import { printRule } from '../../sim/netfilter/print-iptables-save.ts'
import type { Ruleset } from '../../sim/netfilter/ruleset.ts'
import type { IpVersion } from '../../sim/network/address.ts'
import type { GoldenCase, GoldenExpectation } from './kube-proxy-golden.ts'
import { followFlow } from './kube-proxy-flow.ts'
import { normalForm } from './normal-form.ts'

/** Something that must be so. */
export interface Check {
  readonly what: string
  readonly expected: string
  readonly got: string
}

/** All checks of one expectation. */
export function checksOf(
  golden: GoldenCase,
  expect: GoldenExpectation,
  input: NodeRulesInput,
): readonly Check[] {
  const version = input.ipVersion
  const ruleset = golden.given
    ? parseIptablesSave(golden.given.iptablesSave, version).ruleset
    : compileProxyRules(input).ruleset
  return [
    ...checkTexts(expect, ruleset, version),
    ...checkCounts(expect, ruleset),
    ...checkFlows(golden, expect, ruleset),
    ...checkEndpoints(expect, input),
    ...checkServices(expect, input),
    ...(expect.normalized === undefined
      ? []
      : [check('normalized', expect.normalized, normalForm(golden.given?.iptablesSave ?? ''))]),
    ...(expect.probabilities ?? []).map(({ n, text }) => check(`1/${n}`, text, probabilityText(n))),
  ]
}

function check(what: string, expected: string, got: string): Check {
  return { what, expected: expected.trimEnd(), got: got.trimEnd() }
}

/** Both sides as values in one spelling, for what is no text. */
function checkValue(what: string, expected: unknown, got: unknown): Check {
  return check(what, JSON.stringify(expected), JSON.stringify(got))
}

/** Rules as the printer writes them, so that two spellings of one rule compare equal. */
function printed(ruleset: Ruleset): string {
  const lines = ruleset.tables.flatMap((table) => [
    `*${table.name}`,
    ...table.chains.map(({ name }) => `:${name} - [0:0]`),
    ...table.chains.flatMap((chain) => chain.rules.map((rule) => printRule(chain.name, rule))),
  ])
  return lines.join('\n')
}

/** Expected text in the printer's spelling; a line that cannot be read stays visible. */
function respelled(text: string, version: IpVersion): string {
  const { ruleset, problems } = parseIptablesSave(text, version)
  const complaints = problems.map(({ text: line, detail }) => `# ${detail}: ${line}`)
  return [normalForm(printed(ruleset)), ...complaints].join('\n')
}

function checkTexts(expect: GoldenExpectation, ruleset: Ruleset, version: IpVersion): readonly Check[] {
  const ours = normalForm(printed(ruleset))
  const checks: Check[] = []
  if (expect.iptablesSave !== undefined)
    checks.push(check('iptablesSave', respelled(expect.iptablesSave, version), ours))
  if (expect.iptablesRestorePartial !== undefined)
    checks.push(...checkPartial(expect.iptablesRestorePartial, ruleset, version))
  for (const [place, text] of Object.entries(expect.chains ?? {})) {
    const [table = '', chain = ''] = place.split('/')
    const expected = respelledRules(table, chain, text, version)
    checks.push(check(place, expected, rulesOf(ruleset, table, chain).join('\n')))
  }
  for (const line of expect.contains ?? []) {
    const [, chain = ''] = line.split(' ')
    const expected = respelledRules('nat', chain, line, version)
    checks.push(check('contains', expected, ours.includes(`${expected}\n`) ? expected : ''))
  }
  return checks
}

/** We write all rules each time: so the chains that the partial text has are as it says, and those that it deletes are gone. */
function checkPartial(text: string, ruleset: Ruleset, version: IpVersion): readonly Check[] {
  const { ruleset: partial, problems } = parseIptablesSave(text, version)
  const kept = partial.tables.flatMap(({ name: table, chains }) =>
    chains
      .filter(({ rules }) => rules.length > 0)
      .map(({ name, rules }) =>
        check(
          `${table}/${name}`,
          rules.map((rule) => printRule(name, rule)).join('\n'),
          rulesOf(ruleset, table, name).join('\n'),
        ),
      ),
  )
  const deleted = [...text.matchAll(/^-X (\S+)$/gm)].map(([, name = '']) =>
    checkValue(`-X ${name}`, false, hasChain(ruleset, name)),
  )
  return [checkValue('problems', [], problems), ...kept, ...deleted]
}

function rulesOf(ruleset: Ruleset, table: string, chain: string): readonly string[] {
  return ruleset.tables
    .filter(({ name }) => name === table)
    .flatMap(({ chains }) => chains.filter(({ name }) => name === chain))
    .flatMap(({ rules }) => rules.map((rule) => printRule(chain, rule)))
}

function hasChain(ruleset: Ruleset, chain: string): boolean {
  return ruleset.tables.some(({ chains }) => chains.some(({ name }) => name === chain))
}

function respelledRules(table: string, chain: string, text: string, version: IpVersion): string {
  const { ruleset, problems } = parseIptablesSave(`*${table}\n:${chain} - [0:0]\n${text}`, version)
  return [...rulesOf(ruleset, table, chain), ...problems.map(({ detail }) => `# ${detail}`)].join('\n')
}

function checkCounts(expect: GoldenExpectation, ruleset: Ruleset): readonly Check[] {
  const all = (table: string) =>
    ruleset.tables
      .filter(({ name }) => name === table)
      .flatMap(({ chains }) =>
        chains.flatMap((chain) => chain.rules.map((rule) => printRule(chain.name, rule))),
      )
  const dnat = all('nat').filter((line) => line.startsWith('-A KUBE-SEP-') && line.includes('-j DNAT'))
  const withComment = dnat.filter((line) => line.includes('--comment')).length
  const counts = Object.entries(expect.ruleCount ?? {}).map(([table, count]) =>
    checkValue(`rules in ${table}`, count, all(table).length),
  )
  const destinations = (expect.ruleForDestination ?? []).map(({ table, chain, destination, exists }) => {
    const found = rulesOf(ruleset, table, chain).some((line) => line.includes(`-d ${destination}/32 `))
    return checkValue(`${chain} -d ${destination}`, exists, found)
  })
  return [
    ...(expect.dnatRules
      ? [checkValue('DNAT rules', expect.dnatRules, { total: dnat.length, withComment })]
      : []),
    ...counts,
    ...destinations,
  ]
}

function checkFlows({ proxy }: GoldenCase, expect: GoldenExpectation, ruleset: Ruleset): readonly Check[] {
  const local = [...proxy.nodeAddresses, '127.0.0.1', '::1']
  return (expect.flows ?? []).map((flow) => {
    const { output, masquerade } = flow
    return checkValue(flow.name, { output, masquerade }, followFlow(ruleset, flow, local))
  })
}

function checkEndpoints(expect: GoldenExpectation, input: NodeRulesInput): readonly Check[] {
  const endpoints = serviceEndpoints(input.endpointSlices, input.node.name, input.ipVersion)
  const ready = localReadyEndpoints(endpoints, input.node.name)
  const checks: Check[] = []
  for (const { servicePort, endpoints: wanted } of expect.endpoints ?? []) {
    const [name = '', protocol = ''] = servicePort.split(' ')
    const key = `${name.includes(':') ? name : `${name}:`}/${protocol.toLowerCase()}`
    const got = endpointsOf({ key }, endpoints).map((info) => ({
      endpoint: info.text,
      local: isOnNode(info, input.node.name),
    }))
    checks.push(checkValue(servicePort, wanted, got))
  }
  if (expect.endpoints)
    checks.push(checkValue('service ports', expect.endpoints.length, allEndpoints(endpoints).size))
  if (expect.localReadyEndpoints) {
    const wanted = expect.localReadyEndpoints.map(({ service, count }) => [service, count])
    checks.push(
      checkValue(
        'local ready endpoints',
        wanted,
        [...ready].toSorted(([a], [b]) => (a < b ? -1 : 1)),
      ),
    )
  }
  if (expect.localReadyServices !== undefined)
    checks.push(checkValue('local ready Services', expect.localReadyServices, ready.size))
  return checks
}

function checkServices(expect: GoldenExpectation, input: NodeRulesInput): readonly Check[] {
  const ports = servicePorts(input.services, input.ipVersion)
  const endpoints = serviceEndpoints(input.endpointSlices, input.node.name, input.ipVersion)
  const checks: Check[] = []
  if (expect.servicePortCount !== undefined)
    checks.push(checkValue('service ports', expect.servicePortCount, ports.length))
  if (expect.healthCheckNodePorts) {
    const asked = ports.filter(({ healthCheckNodePort }) => healthCheckNodePort !== 0)
    const found = new Map(
      asked.map(({ service, healthCheckNodePort }) => [
        `${service.ref.namespace}/${service.ref.name}`,
        healthCheckNodePort,
      ]),
    )
    const got = [...found].map(([service, port]) => ({ service, port }))
    checks.push(checkValue('health check node ports', expect.healthCheckNodePorts, got))
  }
  if (expect.servicesWithoutLocalEndpoints) {
    const got = withoutLocalEndpoints(ports, endpoints, input.node)
    checks.push(checkValue('without local endpoints', expect.servicesWithoutLocalEndpoints, got))
  }
  const [port] = ports
  if (expect.endpointSets && port) {
    const chosen = chooseEndpoints(port, endpointsOf(port, endpoints), input.node)
    const texts = (infos: readonly { readonly text: string }[]) => infos.map(({ text }) => text).toSorted()
    const { cluster, local, all } = expect.endpointSets
    const sorted = (set: readonly string[] | null) => set && set.toSorted()
    checks.push(
      checkValue(
        'endpoint sets',
        [sorted(cluster), sorted(local), sorted(all)],
        [
          usesCluster(port) ? texts(chosen.cluster) : null,
          usesLocal(port) ? texts(chosen.local) : null,
          texts(chosen.all),
        ],
      ),
    )
  }
  return checks
}
