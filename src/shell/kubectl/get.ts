/** `kubectl get`: tables, names, JSON and jsonpath of what the cluster holds now (k8s.io/kubectl pkg/cmd/get). */
import { err, finish, out, type Outcome } from '../program.ts'
import { isGiven, lastValue } from '../read-options.ts'
import { bodyOf } from './list-objects.ts'
import { printCustomColumns } from './print-custom-columns.ts'
import { printObjects } from './print-objects.ts'
import { printTable, type Row } from './print-table.ts'
import { readSelector, type LabelSelector } from './label-selector.ts'
import { readResources, type WantedResource } from './resource-args.ts'
import { kindName, pluralName, type ResourceKind } from './resource-kind.ts'
import { dashed, fail, type KubectlCall, type Subcommand } from './subcommand.ts'

export const get: Subcommand = {
  flags: ['A', 'all-namespaces', 'no-headers', 'show-labels', 'ignore-not-found', 'show-kind', 'w', 'watch'],
  values: [
    'o',
    'output',
    'l',
    'selector',
    'L',
    'label-columns',
    'f',
    'filename',
    'field-selector',
    'sort-by',
  ],
  run: runGet,
}

const withoutType = `You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.

error: Required resource not specified.
Use "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).
See 'kubectl get -h' for help and examples`

function runGet(call: KubectlCall): Outcome {
  const { options } = call
  const unsupported = ['w', 'watch', 'f', 'filename', 'field-selector', 'sort-by'].find((name) =>
    isGiven(options, name),
  )
  if (unsupported !== undefined) return fail(`podpath: kubectl get ${dashed(unsupported)} is not simulated`)
  if (call.operands.length === 0) return fail(withoutType)
  const read = readResources(call.operands, call.cluster)
  if (!read.ok) return fail(read.message)
  const selector = readSelector(lastValue(options, 'l', 'selector') ?? '')
  if (selector === undefined) return fail('error: unable to parse requirement: found a selector that is none')
  const found = collect(call, read.resources, selector)
  const printed = printFound(call, found, read.resources)
  if (!printed.ok) return fail(printed.message)
  const ignored = isGiven(options, 'ignore-not-found')
  const errors = ignored ? [] : found.missing.map((message) => err(`${message}\n`))
  const isEmpty = found.groups.every((group) => group.rows.length === 0)
  const isNamed = read.resources.some((resource) => resource.name !== undefined)
  const nothing =
    isEmpty && !isNamed && !printed.printsEmpty ? [err(`${nothingFound(call, read.resources)}\n`)] : []
  return finish(errors.length > 0 ? 1 : 0, out(printed.text), ...errors, ...nothing)
}

/** The rows found, kind by kind in the order asked, and a message for each name that is not there. */
interface Found {
  readonly groups: readonly { readonly kind: ResourceKind; readonly rows: readonly Row[] }[]
  readonly missing: readonly string[]
}

function collect(call: KubectlCall, resources: readonly WantedResource[], selector: LabelSelector): Found {
  const isWide = lastValue(call.options, 'o', 'output') === 'wide'
  const everywhere = isGiven(call.options, 'A', 'all-namespaces')
  const groups: { kind: ResourceKind; rows: Row[] }[] = []
  const missing: string[] = []
  for (const { kind, name } of resources) {
    const rows = kind
      .rows(call.cluster, call.call.lab.nowMs, isWide)
      .filter((row) => everywhere || !kind.namespaced || row.ref.namespace === call.namespace)
      .filter((row) => (name === undefined ? selector(row.labels) : row.ref.name === name))
    if (name !== undefined && rows.length === 0) missing.push(notFound(kind, name))
    const last = groups.at(-1)
    if (last?.kind === kind) last.rows.push(...rows)
    else groups.push({ kind, rows })
  }
  return { groups, missing }
}

/** The server's word for an object that is not there. */
export function notFound(kind: ResourceKind, name: string): string {
  return `Error from server (NotFound): ${pluralName(kind)} "${name}" not found`
}

type Printed =
  | { readonly ok: true; readonly text: string; readonly printsEmpty: boolean }
  | { readonly ok: false; readonly message: string }

function printFound(call: KubectlCall, found: Found, resources: readonly WantedResource[]): Printed {
  const format = lastValue(call.options, 'o', 'output') ?? ''
  if (format === '' || format === 'wide')
    return { ok: true, text: printTables(call, found), printsEmpty: false }
  if (format === 'name') {
    const lines = found.groups.flatMap(({ kind, rows }) =>
      rows.map((row) => `${kindName(kind)}/${row.ref.name}\n`),
    )
    return { ok: true, text: lines.join(''), printsEmpty: true }
  }
  const refs = found.groups.flatMap((group) => group.rows.map((row) => row.ref))
  const isSingle = resources.length === 1 && resources[0]?.name !== undefined
  if (isSingle && refs.length === 0) return { ok: true, text: '', printsEmpty: true }
  const printed = format.startsWith('custom-columns=')
    ? printCustomColumns(
        format.slice('custom-columns='.length),
        refs.map((ref) => bodyOf(ref, call.cluster)),
        !isGiven(call.options, 'no-headers'),
      )
    : printObjects(format, refs, isSingle, call.cluster)
  return printed.ok ? { ...printed, printsEmpty: true } : printed
}

/** One table a kind, a blank line between; with several kinds the names say theirs. */
function printTables(call: KubectlCall, found: Found): string {
  const { options } = call
  const shown = found.groups.filter((group) => group.rows.length > 0)
  const isMixed = found.groups.length > 1 || isGiven(options, 'show-kind')
  const labelColumns = lastValue(options, 'L', 'label-columns')?.split(',') ?? []
  return shown
    .map(({ kind, rows }) =>
      printTable(
        { columns: kind.columns, rows },
        {
          wide: lastValue(options, 'o', 'output') === 'wide',
          noHeaders: isGiven(options, 'no-headers'),
          withNamespace: isGiven(options, 'A', 'all-namespaces') && kind.namespaced,
          showLabels: isGiven(options, 'show-labels'),
          labelColumns,
          ...(isMixed && { namePrefix: kindName(kind) }),
        },
      ),
    )
    .join('\n')
}

function nothingFound(call: KubectlCall, resources: readonly WantedResource[]): string {
  const isScoped =
    resources.some((resource) => resource.kind.namespaced) && !isGiven(call.options, 'A', 'all-namespaces')
  return isScoped ? `No resources found in ${call.namespace} namespace.` : 'No resources found'
}
