/** Looks names up for a program of the terminal, through the simulated network. */
import type { NameQuestion, NameTalk } from '../../sim/dns/name-question.ts'
import type { Program } from '../../sim/trace/request.ts'
import type { Trace } from '../../sim/trace/trace.ts'
import { err, finish, out, type Invocation, type Outcome } from '../program.ts'
import { sendRequest } from '../send-request.ts'
import type { Printed } from './printed.ts'

/** What a program does with its lookups. */
export interface NamePrinter {
  readonly print: (talks: readonly [NameTalk, ...NameTalk[]], trace: Trace) => Printed
  /** The server's own name is not known. */
  readonly withoutServer: (server: string) => Printed
}

/** Asks the questions in turn, and ends as the program does. What is not modelled is said in place of the program's own text. */
export function askNames(
  call: Invocation,
  program: Extract<Program, 'dig' | 'host' | 'nslookup' | 'busybox-nslookup' | 'getent'>,
  questions: readonly NameQuestion[],
  printer: NamePrinter,
): Outcome {
  const typed = program === 'busybox-nslookup' ? 'nslookup' : program
  const { trace, session } = sendRequest(call, call.session, {
    url: `${typed} ${call.args.join(' ')}`,
    method: 'GET',
    headers: [],
    program,
    questions,
  })
  return { ...endOf(trace, printer), traces: [trace], session }
}

function endOf(trace: Trace, printer: NamePrinter): Outcome {
  const { result } = trace
  if (trace.verdict.kind === 'unknown')
    return finish(1, err('podpath: how this ends is not modelled: see the last step\n'))
  if (result.kind === 'dns') {
    const [first, ...others] = result.talks
    if (first !== undefined) return ended(printer.print([first, ...others], trace))
  }
  if (result.kind === 'name-failed') return ended(printer.withoutServer(result.name))
  // The Pod went while it waited.
  return finish(137)
}

function ended({ stdout, stderr, exitCode }: Printed): Outcome {
  return finish(exitCode, err(stderr), out(stdout))
}
