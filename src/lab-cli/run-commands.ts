/** Runs commands in one lab, one after the other, and prints each as it ends. */
import { exec, type ExecResult } from '../shell/exec.ts'
import { newSession, type ShellSession } from '../shell/session.ts'
import type { Lab } from '../sim/lab.ts'
import type { Fault } from '../sim/trace/request.ts'
import { parseFile } from '../sim/manifest/parse-file.ts'

/** Where the text goes. */
export interface Printer {
  readonly stdout: (text: string) => void
  readonly stderr: (text: string) => void
}

export interface RunOptions {
  /** One JSON object a command, a line each, instead of the text. */
  readonly json: boolean
  /** What goes wrong on purpose in whatever the commands send. */
  readonly faults: readonly Fault[]
  /** Both streams are one terminal. */
  readonly tty: boolean
}

/** A command's place among the others: what the terminal remembered before it, and after. */
export interface Ended {
  readonly session: ShellSession
  readonly exitCode: number
}

/** Nothing has run yet. */
export const notBegun: Ended = { session: newSession, exitCode: 0 }

/** Runs one command after what ran before it. */
export function runCommand(
  lab: Lab,
  before: Ended,
  command: { readonly at: string; readonly line: string },
  options: RunOptions,
  print: Printer,
): Ended {
  const result = exec(lab, command.line, {
    at: command.at,
    session: before.session,
    tty: options.tty && !options.json,
    faults: options.faults,
    parseFile,
  })
  if (options.json) print.stdout(`${printJson(command.line, result)}\n`)
  else {
    print.stdout(result.stdout)
    print.stderr(result.stderr)
  }
  return { session: result.session, exitCode: result.exitCode }
}

function printJson(command: string, { stdout, stderr, exitCode, traces }: ExecResult): string {
  return JSON.stringify({ command, stdout, stderr, exitCode, traces })
}
