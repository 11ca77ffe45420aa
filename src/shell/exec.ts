/**
 * The simulated terminal: a line of text at a machine → what the real tools print there. Everything that a line sends goes through
 * the lab, so what it prints and what the page shows are one trace.
 */
import type { Lab } from '../sim/lab.ts'
import type { Fault, Vantage } from '../sim/trace/request.ts'
import type { Trace } from '../sim/trace/trace.ts'
import { machineAt } from './machine.ts'
import { textOf, type ParseFile } from './program.ts'
import { runLine } from './run-line.ts'
import { newSession, type ShellSession } from './session.ts'

export interface ExecOptions {
  /** The machine at which the line is typed: a node, `pod/NAMESPACE/NAME`, `laptop`. */
  readonly at: Vantage
  /** What the terminal remembers; absent: a terminal just opened. */
  readonly session?: ShellSession
  /** Both outputs are one terminal: all text comes in `stdout`, in the order written, and progress is drawn as on a screen. */
  readonly tty?: boolean
  readonly parseFile: ParseFile
  /** What goes wrong on purpose in whatever the line sends; absent: nothing. */
  readonly faults?: readonly Fault[]
  /** What stands on standard input; absent: a terminal at which nobody types. */
  readonly stdin?: string
}

export interface ExecResult {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number
  /** What the line sent, in order. */
  readonly traces: readonly Trace[]
  /** For the next line. */
  readonly session: ShellSession
}

/** Runs one line, or several, and waits for its end. Never throws for anything that can be typed. */
export function exec(lab: Lab, line: string, options: ExecOptions): ExecResult {
  const session = options.session ?? newSession
  const machine = machineAt(lab.cluster, session, options.at)
  if (machine === undefined) {
    const stderr = `podpath: there is no machine ${options.at}\n`
    return { stdout: '', stderr, exitCode: 127, traces: [], session }
  }
  const tty = options.tty ?? false
  const { at, parseFile, stdin, faults = [] } = options
  const shell = { at, machine, lab, session, tty, parseFile, faults, ...(stdin !== undefined && { stdin }) }
  const ran = runLine(line, shell)
  const stdout = tty ? ran.chunks.map((chunk) => chunk.text).join('') : textOf(ran.chunks, 'stdout')
  return {
    stdout,
    stderr: tty ? '' : textOf(ran.chunks, 'stderr'),
    exitCode: ran.exitCode,
    traces: ran.traces,
    session: ran.session,
  }
}
