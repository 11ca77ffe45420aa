/** echo of bash and BusyBox: `-n`, `-e`, `-E`. */
import { finish, out, type Invocation, type Outcome } from '../program.ts'

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', a: '\x07' }

/** Words joined by blanks; options are letters of `neE` before the first other word. */
export function echo(call: Invocation): Outcome {
  const count = call.args.findIndex((arg) => !/^-[neE]+$/.test(arg))
  const options = call.args.slice(0, count < 0 ? call.args.length : count).join('')
  const words = count < 0 ? [] : call.args.slice(count)
  const joined = words.join(' ')
  const interpreted = options.includes('e') ? interpret(joined) : joined
  return finish(0, out(options.includes('n') ? interpreted : `${interpreted}\n`))
}

function interpret(text: string): string {
  return text.replace(/\\(.)/gs, (whole, letter: string) => escapes[letter] ?? whole)
}
