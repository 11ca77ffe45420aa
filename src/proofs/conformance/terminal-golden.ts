/** The shape of the golden cases for the terminal. */

/** One command, what it printed, and how it ended. */
export interface TerminalRun {
  readonly id?: string
  readonly at: string
  readonly command: string
  readonly stdin?: string
  readonly words?: string
  readonly during?: unknown
  readonly stdout: string
  readonly stderr?: string
  readonly exitCode: number
  readonly variants?: readonly { readonly stdout: string; readonly exitCode: number }[]
}

/** A state, and commands typed one after the other. */
export interface TerminalCase {
  readonly name: string
  readonly program: string
  readonly basis?: string
  readonly note?: string
  readonly given: {
    readonly words?: string
    readonly now?: string
    /** A folder of manifest files. */
    readonly manifests?: string
    readonly objects?: readonly unknown[]
    readonly files?: Readonly<Record<string, string>>
    readonly logs?: unknown
    /** File of a node's own rules (`host01.nft`) → its text. */
    readonly pastes?: Readonly<Record<string, string>>
    readonly commands?: readonly { readonly at: string; readonly command: string }[]
  }
  readonly runs: readonly TerminalRun[]
}

/** The cluster in which cases play that give none of their own. */
export interface TerminalScene {
  readonly now: string
  readonly manifests: readonly string[]
  readonly objects: readonly unknown[]
}

/** Regular expressions of the placeholders, by name. */
export type Patterns = Readonly<Record<string, string>>
