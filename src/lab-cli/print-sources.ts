/** `lab -- sources`: the table "Who does the Pod think I am?" of one Service or several, as text or as JSON. */
import type { Lab } from '../sim/lab.ts'
import { objectKey, type ObjectRef } from '../sim/cluster/object-ref.ts'
import type { SourceCell, SourceQuestion } from '../sim/source-cells/source-cell.ts'
import { policyFieldOf, sourceVantages, trafficPolicies } from '../sim/source-cells/source-vantages.ts'
import type { Printer } from './run-commands.ts'
import { sayPhrase } from './say-phrase.ts'
import type { LabArguments } from './read-arguments.ts'

const MODES = ['iptables', 'nftables', 'ipvs'] as const

/** Prints the tables; 1 where there is no such Service. */
export function printSources(
  lab: Lab,
  asked: { readonly args: LabArguments; readonly service?: string },
  print: Printer,
): number {
  const services = servicesOf(lab, asked.service)
  if (services.length === 0) {
    print.stderr(
      asked.service === undefined
        ? 'lab: no file given holds a Service; name one with --service NAMESPACE/NAME\n'
        : `lab: there is no Service ${asked.service}\n`,
    )
    return 1
  }
  const tables = services.map((service) => ({
    service,
    cells: questionsOf(service).map((question) => ({ question, cell: lab.source(question) })),
  }))
  if (asked.args.json) print.stdout(`${JSON.stringify(tables.flatMap(jsonOf))}\n`)
  else print.stdout(tables.map(textOf).join('\n'))
  return 0
}

/** The one that is named; else those whose manifests came with the call. */
function servicesOf(lab: Lab, named: string | undefined): readonly ObjectRef[] {
  const refs = lab.cluster.services.map(({ ref }) => ref)
  if (named !== undefined) {
    const [name = '', namespace = 'default'] = named.split('/').toReversed()
    return refs.filter((ref) => ref.name === name && ref.namespace === namespace)
  }
  const isGiven = (file: string | undefined) =>
    lab.files.some(({ name, applied, system }) => name === file && applied && !system)
  return refs.filter((ref) => isGiven(lab.cluster.objects[objectKey(ref)]?.source?.file))
}

function questionsOf(service: ObjectRef): readonly SourceQuestion[] {
  return sourceVantages.flatMap((vantage) =>
    trafficPolicies.flatMap((policy) => MODES.map((mode) => ({ service, vantage, policy, mode }))),
  )
}

interface Table {
  readonly service: ObjectRef
  readonly cells: readonly { readonly question: SourceQuestion; readonly cell: SourceCell }[]
}

function jsonOf({ cells }: Table): readonly object[] {
  return cells.map(({ question: { service, vantage, policy, mode }, cell }) => ({
    service: `${service.namespace}/${service.name}`,
    vantage,
    [policyFieldOf(vantage)]: policy,
    mode,
    ...(cell.kind === 'none' ? { kind: 'none', reason: sayPhrase(cell.reason) } : cell),
  }))
}

const COLUMNS = ['FROM', 'POLICY', 'MODE', 'REACHED', 'POD SEES', 'X-FORWARDED-FOR', 'DECIDED BY'] as const

function textOf({ service, cells }: Table): string {
  const rows = cells.map(({ question, cell }) => rowOf(question, cell))
  // The last text of a row stands in no column's way.
  const widths = COLUMNS.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => row.slice(0, -1)[column]?.length ?? 0)),
  )
  const printed = [COLUMNS, ...rows].map((row) =>
    row
      .map((text, column) => (column === row.length - 1 ? text : text.padEnd(widths[column] ?? 0)))
      .join('   ')
      .trimEnd(),
  )
  return `Who does the Pod think I am? Service ${service.namespace}/${service.name}\n${printed.join('\n')}\n`
}

function rowOf({ vantage, policy, mode }: SourceQuestion, cell: SourceCell): readonly string[] {
  const field = policyFieldOf(vantage) === 'internalTrafficPolicy' ? 'internal' : 'external'
  const head = [vantage, `${field} ${policy}`, mode]
  if (cell.kind === 'none') return [...head, `– ${sayPhrase(cell.reason)}`]
  const { reached, seen, forwardedFor = '', verdict } = cell
  const isAnswered = reached === 'yes'
  return [
    ...head,
    isAnswered ? 'yes' : `${reached}, ${verdict.kind}`,
    seen === undefined ? '' : `${seen.address}:${seen.port}`,
    forwardedFor,
    decidedText(cell),
  ]
}

function decidedText({ decided }: Extract<SourceCell, { kind: 'sent' }>): string {
  switch (decided?.kind) {
    case undefined:
      return ''
    case 'masqueraded':
      return `${(decided.marked ?? decided.by).host}: ${(decided.marked ?? decided.by).text}`
    case 'kept':
      return decided.tried.length === 0
        ? 'kept: no masquerade rule was met'
        : `kept: ${decided.tried.map(({ text, reason }) => `${text} (${sayPhrase(reason)})`).join('; ')}`
    case 'ended':
      return `${decided.host}: ${decided.rule ?? sayPhrase(decided.title)}`
  }
}
