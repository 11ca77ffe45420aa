/** What a run of the proof leaves for the page "How true is this?". */
import type { ProgramName } from './programs.ts'
import type { Proven } from './run-cases.ts'

export interface ResolversReport {
  /** Of the programs, a line each. */
  readonly versions: readonly string[]
  /** Cases at random, each asked by every program. */
  readonly seeds: number
  readonly programs: readonly {
    readonly program: ProgramName
    readonly passed: number
    readonly of: number
  }[]
}

/** The counts of each program, in the order in which they were first met. */
export function countedByProgram(proven: readonly Proven[]): ResolversReport['programs'] {
  const names = [...new Set(proven.map(({ program }) => program))]
  return names.map((program) => {
    const own = proven.filter((each) => each.program === program)
    return {
      program,
      passed: own.filter(({ difference }) => difference === undefined).length,
      of: own.length,
    }
  })
}
