/** Texts with placeholders: `<<name>>` stands for a value that matches the pattern of that name. */
import type { Patterns } from './terminal-golden.ts'

/** Values by placeholder name: what an earlier command printed. */
export type Bindings = Readonly<Record<string, string>>

/** Placeholders that stand for one value each from their first use on, where a case ties them. */
const tied = ['clusterip', 'nodeport', 'hash']

/** What a comparison found: the values of the placeholders where the texts agree. */
export type Matched = { readonly matches: true; readonly found: Bindings } | { readonly matches: false }

/**
 * Compares a text with its golden. `bound` are the tied values; carriage returns do not count.
 * @param column width to which values are filled with blanks, as the golden fills its placeholders; 0: they are not
 */
export function matchText(
  golden: string,
  got: string,
  patterns: Patterns,
  bound: Bindings,
  column = 0,
): Matched {
  const names: string[] = []
  const pieces = golden.split(placeholder)
  const source = pieces
    .map((piece, index) => {
      if (index % 2 === 0) return escape(withoutFill(piece, pieces[index - 1], column))
      const value = tied.includes(piece) ? bound[piece] : undefined
      names.push(piece)
      const pattern = value === undefined ? (patterns[piece] ?? '[^\\n]*?') : escape(value)
      return column === 0 ? `(${pattern})` : `(?=(${pattern})(?: |$))${filled(column)}`
    })
    .join('')
  const match = new RegExp(`^${source}$`).exec(got.replaceAll('\r', ''))
  if (match === null) return { matches: false }
  const found: Record<string, string> = {}
  for (const [index, name] of names.entries()) found[name] ??= match[index + 1] ?? ''
  const isConsistent = names.every((name, index) => !tied.includes(name) || found[name] === match[index + 1])
  return isConsistent ? { matches: true, found } : { matches: false }
}

/** A command with its placeholders replaced by what earlier commands printed. */
export function fillCommand(command: string, values: Bindings): string {
  return command.replace(placeholder, (whole, name: string) => values[name] ?? whole)
}

/** The blanks that fill the column of the placeholder before: `<<n>>` takes five places of it itself. */
function withoutFill(piece: string, name: string | undefined, column: number): string {
  const fill = name === undefined ? 0 : Math.max(0, column - `<<${name}>>`.length)
  return piece.startsWith(' '.repeat(fill)) ? piece.slice(fill) : piece
}

/** One word, and blanks up to the column's width. */
function filled(column: number): string {
  const widths = Array.from({ length: column }, (_, index) => index + 1)
  return `(?:${widths.map((width) => `\\S{${width}} {${column - width}}`).join('|')})`
}

const placeholder = /<<([a-z][a-z0-9]*)>>/g

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
