/**
 * Lays out rows of cells as `kubectl get` does: Go's text/tabwriter with minimum width 6, padding 3, blanks
 * (k8s.io/cli-runtime pkg/printers/tabwriter.go and tableprinter.go, 1.32).
 */
import type { ObjectRef } from '../../sim/cluster/object-ref.ts'

/** A column. `wide`: shown with `-o wide` only. */
export interface Column {
  readonly name: string
  readonly wide?: boolean
}

/** A row and the object that it speaks of. `cells` has one for every column, wide or not. */
export interface Row {
  readonly ref: ObjectRef
  readonly labels: Readonly<Record<string, string>>
  readonly cells: readonly string[]
}

export interface Table {
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
}

/** How a table is wanted. */
export interface TableOptions {
  readonly wide?: boolean
  readonly noHeaders?: boolean
  /** `-A`: NAMESPACE first. */
  readonly withNamespace?: boolean
  /** `--show-labels` */
  readonly showLabels?: boolean
  /** `-L a,b` */
  readonly labelColumns?: readonly string[]
  /** Written before each name with a slash, where several kinds are listed: `deployment.apps`. */
  readonly namePrefix?: string
}

/** The table's text, header first, a newline at each end of line. */
export function printTable(table: Table, options: TableOptions = {}): string {
  const shown = table.columns.map((column) => options.wide === true || column.wide !== true)
  const labelColumns = options.labelColumns ?? []
  const header = [
    ...(options.withNamespace === true ? ['NAMESPACE'] : []),
    ...table.columns.filter((_, index) => shown[index]).map((column) => column.name.toUpperCase()),
    ...labelColumns.map((label) => label.slice(label.lastIndexOf('/') + 1).toUpperCase()),
    ...(options.showLabels === true ? ['LABELS'] : []),
  ]
  const lines = table.rows.map((row) => {
    const [name = '', ...rest] = row.cells
    const prefixed = options.namePrefix === undefined ? name : `${options.namePrefix}/${name}`
    return [
      ...(options.withNamespace === true ? [row.ref.namespace] : []),
      ...[prefixed, ...rest].filter((_, index) => shown[index]),
      ...labelColumns.map((label) => row.labels[label] ?? ''),
      ...(options.showLabels === true ? [formatLabels(row.labels)] : []),
    ]
  })
  return layOut(options.noHeaders === true ? lines : [header, ...lines])
}

/** Cells to lines: each column as wide as its widest cell and 3, at least 6; the last is not padded. */
export function layOut(lines: readonly (readonly string[])[]): string {
  const cut = lines.map((line) => line.map(firstLine))
  const widths: number[] = []
  for (const line of cut) {
    for (const [index, cell] of line.entries()) {
      widths[index] = Math.max(widths[index] ?? 6, runes(cell) + 3)
    }
  }
  return cut.map((line) => `${line.map((cell, index) => pad(cell, index, line, widths)).join('')}\n`).join('')
}

/** `a=b,c=d` sorted by key, `<none>` without any: how labels and selectors read. */
export function formatLabels(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.keys(labels)
    .toSorted()
    .map((key) => `${key}=${labels[key] ?? ''}`)
  return pairs.length === 0 ? '<none>' : pairs.join(',')
}

function pad(cell: string, index: number, line: readonly string[], widths: readonly number[]): string {
  const isLast = index === line.length - 1
  return isLast ? cell : cell + ' '.repeat((widths[index] ?? 0) - runes(cell))
}

function firstLine(cell: string): string {
  const end = cell.search(/[\r\n]/)
  return end < 0 ? cell : `${cell.slice(0, end)}...`
}

function runes(text: string): number {
  return Array.from(text).length
}
