/** What a terminal remembers between two lines. Plain data: survives structuredClone and JSON. */

/** One terminal's memory. Machines are keyed as {@link machineKey} names them, so a Pod made anew is a machine made anew. */
export interface ShellSession {
  /** The working directory of each machine; `/root` where none is set. */
  readonly directories: Readonly<Record<string, string>>
  /** Packages that `apk add` or `apt-get install` brought to each machine, in order. */
  readonly packages: Readonly<Record<string, readonly string[]>>
  /** Files written by `>` or `-o`, by machine and path. */
  readonly files: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly variables: Readonly<Record<string, string>>
  /** `$?` */
  readonly lastExitCode: number
  /** How many requests this terminal has sent: the next one takes its chances from the streams of this number. */
  readonly requestsSent: number
}

/** A terminal just opened. */
export const newSession: ShellSession = {
  directories: {},
  packages: {},
  files: {},
  variables: {},
  lastExitCode: 0,
  requestsSent: 0,
}
