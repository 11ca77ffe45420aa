/** uniq: neighbouring equal lines once; `-c` counts them in seven places, `-d` and `-u` choose. */
import { err, finish, out, type Invocation, type Outcome } from '../program.ts'
import { isGiven, readOptions } from '../read-options.ts'
import { joinLines, linesOf, readSources } from './input-lines.ts'

/** `uniq [-c] [-d | -u] [FILE]` */
export function uniq(call: Invocation): Outcome {
  const read = readOptions(call.args, { flags: ['c', 'd', 'u'], values: [] })
  if (!read.ok) return finish(1, err(`uniq: invalid option -- '${read.option.replace(/^-+/, '')}'\n`))
  const { sources, problems } = readSources(call, 'uniq', read.operands)
  const groups: { line: string; count: number }[] = []
  for (const line of sources.flatMap((source) => linesOf(source.text))) {
    const last = groups.at(-1)
    if (last?.line === line) last.count++
    else groups.push({ line, count: 1 })
  }
  const chosen = groups.filter(
    ({ count }) => (!isGiven(read.options, 'd') || count > 1) && (!isGiven(read.options, 'u') || count === 1),
  )
  const lines = chosen.map(({ line, count }) =>
    isGiven(read.options, 'c') ? `${String(count).padStart(7)} ${line}` : line,
  )
  return finish(problems.length > 0 ? 1 : 0, ...problems, out(joinLines(lines)))
}
