/** sort: `-n -r -u -k N`, in byte order as under LC_ALL=C. */
import { err, finish, out, type Invocation, type Outcome } from '../program.ts'
import { isGiven, lastValue, readOptions } from '../read-options.ts'
import { joinLines, linesOf, readSources } from './input-lines.ts'

/** Lines of all files in one order; equal keys go by the whole line. */
export function sort(call: Invocation): Outcome {
  const read = readOptions(call.args, { flags: ['n', 'r', 'u', 'f', 'V', 'h'], values: ['k', 't'] })
  if (!read.ok) return finish(2, err(`sort: invalid option -- '${read.option.replace(/^-+/, '')}'\n`))
  const { sources, problems } = readSources(call, 'sort', read.operands)
  const lines = sources.flatMap((source) => linesOf(source.text))
  const column = Number.parseInt(lastValue(read.options, 'k') ?? '0', 10)
  const keyOf = (line: string) =>
    column > 0
      ? line
          .trim()
          .split(/\s+/)
          .slice(column - 1)
          .join(' ')
      : line
  const byNumber = isGiven(read.options, 'n', 'h')
  const compare = (a: string, b: string) =>
    (byNumber ? leadingNumber(keyOf(a)) - leadingNumber(keyOf(b)) : compareText(keyOf(a), keyOf(b))) ||
    compareText(a, b)
  const sorted = lines.toSorted(isGiven(read.options, 'r') ? (a, b) => compare(b, a) : compare)
  const kept = isGiven(read.options, 'u') ? [...new Set(sorted)] : sorted
  return finish(problems.length > 0 ? 2 : 0, ...problems, out(joinLines(kept)))
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function leadingNumber(text: string): number {
  return Number(/^\s*(-?\d+(\.\d+)?)/.exec(text)?.[1] ?? 0)
}
