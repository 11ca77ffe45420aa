/** A shell line as a tree (POSIX.1-2017, Shell Command Language §2.9–2.10; the part that the terminal knows). */

/** A piece of a word. `quoted`: kept whole, neither split at blanks nor expanded as a pattern. */
export type WordPart =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | { readonly kind: 'variable'; readonly name: string; readonly quoted: boolean }
  | { readonly kind: 'substitution'; readonly list: List; readonly quoted: boolean }

export type Word = readonly WordPart[]

/** `2>&1` and `1>&2` join one stream to the other; the rest name a file. */
export type Redirect =
  | { readonly kind: 'read'; readonly target: Word }
  | {
      readonly kind: 'write'
      readonly streams: 'stdout' | 'stderr' | 'both'
      readonly append: boolean
      readonly target: Word
    }
  | { readonly kind: 'join'; readonly from: 'stdout' | 'stderr' }

export interface SimpleCommand {
  readonly kind: 'simple'
  readonly assignments: readonly { readonly name: string; readonly value: Word }[]
  readonly words: readonly Word[]
  readonly redirects: readonly Redirect[]
}

export interface ForLoop {
  readonly kind: 'for'
  readonly variable: string
  readonly items: readonly Word[]
  readonly body: List
  readonly redirects: readonly Redirect[]
}

export type Command = SimpleCommand | ForLoop

/** `a | b | c`; its exit code is the last command's, turned round by `!`. */
export interface Pipeline {
  readonly commands: readonly Command[]
  readonly negated: boolean
}

/** Pipelines in order; each runs always, or only after a success (`&&`) or a failure (`||`) of the one before. */
export interface List {
  readonly items: readonly {
    readonly pipeline: Pipeline
    readonly when: 'always' | 'success' | 'failure'
  }[]
}

/** Why a line is no program. The first ends the reading. */
export type SyntaxProblem =
  | { readonly kind: 'unexpected-token'; readonly token: string }
  | { readonly kind: 'unexpected-end' }
  | { readonly kind: 'unmatched'; readonly sign: string }
  /** Good shell that the terminal does not know. */
  | { readonly kind: 'not-simulated'; readonly what: string }

export type Parsed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: SyntaxProblem }
