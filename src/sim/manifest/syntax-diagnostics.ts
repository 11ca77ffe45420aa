/** The YAML parser's complaints in the words that kubectl prints (go-yaml v2, kubectl 1.32), at the place where the fault is. */
import type { Document } from 'yaml'
import type { Diagnostic } from './diagnostic.ts'
import { halfDocument } from './refuse-text.ts'
import type { RangeOf } from './text-position.ts'

interface Words {
  /** go-yaml's. */
  readonly words: string
  readonly hint: string
}

const indentation: Words = {
  words: 'did not find expected key',
  hint: 'Keys of one object stand in one column: compare the indentation with the lines above.',
}
const colon: Words = {
  words: 'mapping values are not allowed in this context',
  hint: 'Put a value that holds ": " in quotes, and keys of one object in one column.',
}
const noColon: Words = {
  words: "could not find expected ':'",
  hint: 'A key needs a colon and a blank behind it.',
}
const bracket: Words = { words: 'did not find expected node content', hint: 'A bracket is never closed.' }

const byCode: ReadonlyMap<string, Words> = new Map([
  [
    'TAB_AS_INDENT',
    { words: 'found character that cannot start any token', hint: 'Indent with blanks: YAML has no tabs.' },
  ],
  ['BLOCK_AS_IMPLICIT_KEY', colon],
  ['MULTILINE_IMPLICIT_KEY', colon],
  ['BAD_INDENT', indentation],
  ['BLOCK_IN_FLOW', bracket],
  [
    'BAD_ALIAS',
    {
      words: 'did not find expected alphabetic or numeric character',
      hint: 'A value that begins with * or & needs quotes.',
    },
  ],
  ['UNEXPECTED_TOKEN', indentation],
  ['MISSING_CHAR', noColon],
  ['RESOURCE_EXHAUSTION', { words: 'exceeded max depth of 10000', hint: 'Objects are nested too deeply.' }],
])

/**
 * The first complaint about a document, or undefined where there is none: the ones behind it are mostly its echoes.
 * @param openedAt offset of the quote or bracket that the text never closes, or -1
 */
export function syntaxDiagnostic(
  file: string,
  document: Document.Parsed,
  text: string,
  rangeOf: RangeOf,
  openedAt: number,
): Diagnostic | undefined {
  const error = document.errors[0]
  if (error === undefined) return undefined
  if (openedAt >= 0 && error.code !== 'TAB_AS_INDENT' && error.pos[0] >= openedAt)
    return unclosed(file, text, rangeOf, openedAt)
  const { words, hint } = byCode.get(error.code) ?? { words: firstSentence(error.message), hint: '' }
  const [from, to] = words === colon.words ? secondKey(text, error.pos[0]) : error.pos
  const line = goLine(text, words === indentation.words ? endOfLineBefore(text, from) : from)
  return {
    severity: 'error',
    code: 'yaml-syntax',
    values: { detail: words, words, line },
    message: `error converting YAML to JSON: yaml: line ${line}: ${words}`,
    file,
    range: rangeOf(from, Math.max(to, from + 1)),
    ...(hint === '' ? {} : { hint }),
  }
}

/** The key whose colon cannot stand there: the parser names the value before it, which may begin on an earlier line. */
function secondKey(text: string, from: number): readonly [from: number, to: number] {
  const length = text.slice(from).search(/:(\s|$)/)
  if (length < 0) return [from, from + 1]
  const to = from + length + 1
  const line = text.lastIndexOf('\n', to - 1) + 1
  return [Math.max(from, line + text.slice(line).search(/\S/)), to]
}

function unclosed(file: string, text: string, rangeOf: RangeOf, openedAt: number): Diagnostic {
  const isQuote = /["']/.test(text.charAt(openedAt))
  const end = text.indexOf('\n', openedAt)
  const range = rangeOf(openedAt, end < 0 ? text.length : end)
  if (text.trimStart().startsWith('{')) return halfDocument(file, range, 'unexpected EOF', 0)
  return isQuote
    ? halfDocument(file, range, 'found unexpected end of stream', goLine(text, text.length))
    : halfDocument(file, range, bracket.words, goLine(text, text.trimEnd().length))
}

/** kubectl parts a file at lines that begin with `---` and counts lines from there. */
function goLine(text: string, offset: number): number {
  const before = text.slice(0, offset)
  const separator = before.lastIndexOf('\n---')
  const start = separator < 0 ? 0 : before.indexOf('\n', separator + 1) + 1
  return before.slice(start).split('\n').length
}

function endOfLineBefore(text: string, offset: number): number {
  return Math.max(0, text.lastIndexOf('\n', offset - 1))
}

function firstSentence(message: string): string {
  return message.split(/ at line |\n/)[0] ?? message
}
