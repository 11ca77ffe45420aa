/** What a run of the proof leaves for the page "How true is this?". */
import type { ProgramName } from './programs.ts'
import type { Proven } from './run-cases.ts'

export interface ResolversReport {
  /** Of the programs and libraries: `BIND 9.18.49`. */
  readonly versions: readonly string[]
  /** Cases at random, each asked by every program. */
  readonly seeds: number
  readonly programs: readonly { readonly program: string; readonly passed: number; readonly of: number }[]
}

/** The counts of each program, in the order in which they were first met. */
export function countedByProgram(proven: readonly Proven[]): ResolversReport['programs'] {
  const programs = [...new Set(proven.map(({ program }) => program))]
  return programs.map((program) => {
    const own = proven.filter((each) => each.program === program)
    return {
      program: titles[program],
      passed: own.filter(({ difference }) => difference === undefined).length,
      of: own.length,
    }
  })
}

/** As people call them, in every language. */
const titles: Readonly<Record<ProgramName, string>> = {
  'ask-glibc': 'glibc getaddrinfo',
  'ask-musl': 'musl getaddrinfo',
  getent: 'getent',
  busybox: 'BusyBox nslookup',
  dig: 'dig',
  host: 'host',
  nslookup: 'nslookup',
  curl: 'curl',
  wget: 'wget',
}
