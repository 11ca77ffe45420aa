/** A line of shell, cut into words and operators (POSIX.1-2017, Shell Command Language §2.2–2.3). */
import type { Parsed, SyntaxProblem, Word, WordPart, List } from './tree.ts'

/** A word as typed in `raw`, or an operator. A newline is the operator `\n`. */
export type Token =
  | { readonly kind: 'word'; readonly parts: Word; readonly raw: string }
  | { readonly kind: 'operator'; readonly text: string }

/** Longest first, so that the first that fits is the one meant. */
const operators = [
  '2>&1',
  '1>&2',
  '&>>',
  '2>>',
  '1>>',
  '&>',
  '>&2',
  '2>',
  '1>',
  '>>',
  '<<',
  '&&',
  '||',
  ';;',
  '|',
  ';',
  '&',
  '<',
  '>',
  '(',
  ')',
  '\n',
]

/**
 * Cuts a line. `parse` reads the inside of `$(…)`, which is a program of its own.
 */
export function tokenize(line: string, parse: (text: string) => Parsed<List>): Parsed<readonly Token[]> {
  const tokens: Token[] = []
  let at = 0
  while (at < line.length) {
    const char = line.charAt(at)
    if (char === ' ' || char === '\t' || char === '\r') {
      at++
      continue
    }
    if (line.startsWith('\\\n', at)) {
      at += 2
      continue
    }
    if (char === '#') {
      const end = line.indexOf('\n', at)
      at = end < 0 ? line.length : end
      continue
    }
    const operator = operators.find((text) => line.startsWith(text, at))
    if (operator !== undefined) {
      tokens.push({ kind: 'operator', text: operator })
      at += operator.length
      continue
    }
    const word = readWord(line, at, parse)
    if (!word.ok) return word
    tokens.push({ kind: 'word', parts: word.value.parts, raw: line.slice(at, word.value.end) })
    at = word.value.end
  }
  return { ok: true, value: tokens }
}

interface ReadWord {
  readonly parts: Word
  readonly end: number
}

function readWord(line: string, start: number, parse: (text: string) => Parsed<List>): Parsed<ReadWord> {
  const parts: WordPart[] = []
  let at = start
  while (at < line.length && !' \t\r\n|;&<>()'.includes(line.charAt(at))) {
    const char = line.charAt(at)
    if (char === "'") {
      const end = line.indexOf("'", at + 1)
      if (end < 0) return unmatched("'")
      parts.push({ kind: 'text', text: line.slice(at + 1, end), quoted: true })
      at = end + 1
    } else if (char === '"') {
      const quoted = readQuoted(line, at + 1, parse)
      if (!quoted.ok) return quoted
      parts.push(...quoted.value.parts)
      at = quoted.value.end
    } else if (char === '\\') {
      parts.push({ kind: 'text', text: line.charAt(at + 1), quoted: true })
      at += 2
    } else if (char === '$' || char === '`') {
      const read = readExpansion(line, at, false, parse)
      if (!read.ok) return read
      parts.push(...read.value.parts)
      at = read.value.end
    } else {
      parts.push({ kind: 'text', text: char, quoted: false })
      at++
    }
  }
  return { ok: true, value: { parts: joinTexts(parts), end: at } }
}

/** The inside of double quotes, up to and with the closing one. */
function readQuoted(line: string, start: number, parse: (text: string) => Parsed<List>): Parsed<ReadWord> {
  const parts: WordPart[] = [{ kind: 'text', text: '', quoted: true }]
  let at = start
  while (line.charAt(at) !== '"') {
    if (at >= line.length) return unmatched('"')
    const char = line.charAt(at)
    if (char === '\\' && '"$`\\\n'.includes(line.charAt(at + 1)) && at + 1 < line.length) {
      parts.push({ kind: 'text', text: line.charAt(at + 1), quoted: true })
      at += 2
    } else if (char === '$' || char === '`') {
      const read = readExpansion(line, at, true, parse)
      if (!read.ok) return read
      parts.push(...read.value.parts)
      at = read.value.end
    } else {
      parts.push({ kind: 'text', text: char, quoted: true })
      at++
    }
  }
  return { ok: true, value: { parts, end: at + 1 } }
}

/** `$name`, `${name}`, `$?`, `$(…)`, a pair of backquotes; a `$` before anything else is itself. */
function readExpansion(
  line: string,
  start: number,
  quoted: boolean,
  parse: (text: string) => Parsed<List>,
): Parsed<ReadWord> {
  if (line.startsWith('$((', start)) {
    return { ok: false, problem: { kind: 'not-simulated', what: 'arithmetic $((…))' } }
  }
  if (line.startsWith('$(', start))
    return readSubstitution(line, start + 2, closingParenthesis, ')', quoted, parse)
  if (line.charAt(start) === '`') {
    return readSubstitution(line, start + 1, (text, from) => text.indexOf('`', from), '`', quoted, parse)
  }
  const braced = /^\$\{([A-Za-z_]\w*|[?#@*0-9])\}/.exec(line.slice(start))
  const plain = braced ?? /^\$([A-Za-z_]\w*|[?#@*$0-9])/.exec(line.slice(start))
  if (plain !== null) {
    const part: WordPart = { kind: 'variable', name: plain[1] ?? '', quoted }
    return { ok: true, value: { parts: [part], end: start + plain[0].length } }
  }
  if (line.startsWith('${', start)) {
    const closed = line.includes('}', start)
    const problem: SyntaxProblem = closed
      ? { kind: 'not-simulated', what: 'this form of ${…}' }
      : { kind: 'unmatched', sign: '}' }
    return { ok: false, problem }
  }
  return { ok: true, value: { parts: [{ kind: 'text', text: '$', quoted }], end: start + 1 } }
}

function readSubstitution(
  line: string,
  start: number,
  findEnd: (text: string, from: number) => number,
  sign: string,
  quoted: boolean,
  parse: (text: string) => Parsed<List>,
): Parsed<ReadWord> {
  const end = findEnd(line, start)
  if (end < 0) return unmatched(sign)
  const list = parse(line.slice(start, end))
  if (!list.ok) return list
  const part: WordPart = { kind: 'substitution', list: list.value, quoted }
  return { ok: true, value: { parts: [part], end: end + 1 } }
}

/** Where the parenthesis opened before `from` is closed; -1: nowhere. Quotes hide parentheses. */
function closingParenthesis(text: string, from: number): number {
  let depth = 1
  let quote = ''
  for (let at = from; at < text.length; at++) {
    const char = text.charAt(at)
    if (quote !== '') {
      if (char === quote) quote = ''
      else if (char === '\\' && quote === '"') at++
    } else if (char === '\\') at++
    else if (char === "'" || char === '"') quote = char
    else if (char === '(') depth++
    else if (char === ')' && --depth === 0) return at
  }
  return -1
}

/** Neighbouring unquoted characters become one text, so that patterns such as `{1..5}` are seen whole. */
function joinTexts(parts: readonly WordPart[]): Word {
  const joined: WordPart[] = []
  for (const part of parts) {
    const last = joined.at(-1)
    if (part.kind === 'text' && last?.kind === 'text' && last.quoted === part.quoted) {
      joined[joined.length - 1] = { ...last, text: last.text + part.text }
    } else joined.push(part)
  }
  return joined
}

function unmatched(sign: string): { readonly ok: false; readonly problem: SyntaxProblem } {
  return { ok: false, problem: { kind: 'unmatched', sign } }
}
