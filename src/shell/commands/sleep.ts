/** sleep: lets simulated time pass; `5`, `0.5`, `2m`. */
import { err, finish, type Invocation, type Outcome } from '../program.ts'

const unitMs: Readonly<Record<string, number>> = { '': 1000, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** The clock of the whole cluster moves on by the sum of the spans. */
export function sleep(call: Invocation): Outcome {
  if (call.args.length === 0)
    return finish(1, err("sleep: missing operand\nTry 'sleep --help' for more information.\n"))
  let spanMs = 0
  for (const arg of call.args) {
    const match = /^(\d+(?:\.\d+)?|\.\d+)([smhd]?)$/.exec(arg)
    if (match === null) {
      return finish(
        1,
        err(`sleep: invalid time interval '${arg}'\nTry 'sleep --help' for more information.\n`),
      )
    }
    spanMs += Number(match[1]) * (unitMs[match[2] ?? ''] ?? 1000)
  }
  call.lab.advance(Math.round(spanMs))
  return finish(0)
}
