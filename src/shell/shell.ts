/** A shell at work: where and for whom it runs, and what has come of it. */
import type { Lab } from '../sim/lab.ts'
import type { Fault, Vantage } from '../sim/trace/request.ts'
import type { Trace } from '../sim/trace/trace.ts'
import type { Machine } from './machine.ts'
import type { Chunk, ParseFile } from './program.ts'
import type { ShellSession } from './session.ts'

/** Where and for whom a shell runs. */
export interface Shell {
  readonly at: Vantage
  readonly machine: Machine
  readonly lab: Lab
  readonly session: ShellSession
  readonly tty: boolean
  readonly parseFile: ParseFile
  readonly faults: readonly Fault[]
  readonly stdin?: string
  /** How many commands may still run. Shared by everything under one line, and counted down: the one value here that changes. */
  readonly budget?: { left: number }
}

/** What has run. `session` is that of the next command. */
export interface Ran {
  readonly chunks: readonly Chunk[]
  readonly exitCode: number
  readonly traces: readonly Trace[]
  readonly session: ShellSession
}
