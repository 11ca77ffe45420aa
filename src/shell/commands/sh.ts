/** sh and bash as programs: `sh -c 'LINE'`. A shell to type into is the terminal's own, at that machine. */
import { err, finish, type Invocation, type Outcome } from '../program.ts'

/** Runs the line behind `-c`, or standard input. */
export function sh(call: Invocation): Outcome {
  const at = call.args.findIndex((arg) => /^-\w*c$/.test(arg))
  const line = at >= 0 ? call.args[at + 1] : call.stdin
  if (at >= 0 && line === undefined) {
    return finish(2, err(`${call.machine.shell ?? 'sh'}: -c: option requires an argument\n`))
  }
  if (line === undefined) {
    return finish(1, err(`podpath: a shell inside a shell is not simulated; type at ${call.at} instead\n`))
  }
  const { stdin: _input, ...rest } = call
  return call.runLine(line, at >= 0 ? call : rest)
}
