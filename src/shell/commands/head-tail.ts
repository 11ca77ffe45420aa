/** head and tail: the first or the last lines, ten unless told otherwise (`-n N`, `-N`, `tail -n +N`, `head -n -N`). */
import { err, finish, out, type Invocation, type Outcome } from '../program.ts'
import { joinLines, linesOf, readSources } from './input-lines.ts'

/** `head [-n N] [FILE]` */
export function head(call: Invocation): Outcome {
  return cut('head', call, (lines, count, sign) =>
    sign === '-' ? lines.slice(0, Math.max(0, lines.length - count)) : lines.slice(0, count),
  )
}

/** `tail [-n N] [FILE]` */
export function tail(call: Invocation): Outcome {
  return cut('tail', call, (lines, count, sign) =>
    sign === '+' ? lines.slice(Math.max(0, count - 1)) : lines.slice(Math.max(0, lines.length - count)),
  )
}

type Cut = (lines: readonly string[], count: number, sign: string) => readonly string[]

function cut(name: string, call: Invocation, select: Cut): Outcome {
  const { number, files } = readArguments(call.args)
  const match = /^([+-]?)(\d+)$/.exec(number)
  if (match === null) return finish(1, err(`${name}: invalid number of lines: '${number}'\n`))
  const { sources, problems } = readSources(call, name, files)
  const texts = sources.map((source) => {
    const title = sources.length > 1 ? `==> ${source.name} <==\n` : ''
    return title + joinLines(select(linesOf(source.text), Number(match[2]), match[1] ?? ''))
  })
  return finish(problems.length > 0 ? 1 : 0, ...problems, out(texts.join('\n')))
}

function readArguments(args: readonly string[]): {
  readonly number: string
  readonly files: readonly string[]
} {
  let number = '10'
  const files: string[] = []
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? ''
    if (arg === '-n' || arg === '--lines') number = args[++index] ?? ''
    else if (arg.startsWith('-n')) number = arg.slice(2)
    else if (arg.startsWith('--lines=')) number = arg.slice('--lines='.length)
    else if (/^-\d+$/.test(arg)) number = arg.slice(1)
    else files.push(arg)
  }
  return { number, files }
}
