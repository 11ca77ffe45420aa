/** seq: `seq LAST`, `seq FIRST LAST`, `seq FIRST STEP LAST`, whole numbers. */
import { err, finish, out, type Invocation, type Outcome } from '../program.ts'
import { joinLines } from './input-lines.ts'

/** More numbers than this would only fill the memory. */
const mostNumbers = 100_000

/** Numbers, a line each. */
export function seq(call: Invocation): Outcome {
  const help = "Try 'seq --help' for more information.\n"
  if (call.args.length === 0) return finish(1, err(`seq: missing operand\n${help}`))
  const bad = call.args.find((arg) => !/^-?\d+$/.test(arg))
  if (bad !== undefined) return finish(1, err(`seq: invalid floating point argument: '${bad}'\n${help}`))
  if (call.args.length > 3) return finish(1, err(`seq: extra operand '${call.args[3] ?? ''}'\n${help}`))
  const numbers = call.args.map(Number)
  const last = numbers.at(-1) ?? 0
  const first = numbers.length > 1 ? (numbers[0] ?? 1) : 1
  const step = numbers.length > 2 ? (numbers[1] ?? 1) : 1
  if (step === 0) return finish(1, err(`seq: invalid Zero increment value: '0'\n${help}`))
  const length = Math.max(0, Math.min(Math.floor((last - first) / step) + 1, mostNumbers))
  return finish(0, out(joinLines(Array.from({ length }, (_, index) => String(first + index * step)))))
}
