/**
 * Regular expressions as far as paths in Ingresses use them: the syntax of PCRE2 10.42 (pcre2pattern) without lookbehind, atomic
 * groups, recursion, named references and Unicode properties. A pattern of our own engine, because the steps must be counted: the
 * browser's cannot be stopped.
 */

/** A parsed pattern. `groups` counts capturing groups. */
export interface Pattern {
  readonly node: PatternNode
  readonly groups: number
}

export type PatternNode =
  | { readonly kind: 'sequence'; readonly nodes: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly nodes: readonly PatternNode[] }
  /** One character, given as a test. */
  | { readonly kind: 'character'; readonly accepts: (character: string) => boolean }
  | { readonly kind: 'assertion'; readonly at: 'start' | 'end' | 'word-boundary' | 'no-word-boundary' }
  | { readonly kind: 'lookahead'; readonly node: PatternNode; readonly negative: boolean }
  | { readonly kind: 'group'; readonly node: PatternNode; readonly number: number }
  | { readonly kind: 'reference'; readonly number: number; readonly ignoreCase: boolean }
  | {
      readonly kind: 'repeat'
      readonly node: PatternNode
      readonly from: number
      /** Infinity without limit. */
      readonly to: number
      readonly how: 'greedy' | 'lazy' | 'possessive'
    }

/** `invalid`: PCRE2 refuses it too. */
export type ParsedPattern =
  | { readonly ok: true; readonly pattern: Pattern }
  | { readonly ok: false; readonly why: 'invalid' | 'not-modelled' }

/** Parses a pattern. */
export function parsePattern(text: string, options: { readonly ignoreCase: boolean }): ParsedPattern {
  const reader: Reader = {
    text,
    at: 0,
    groups: 0,
    nesting: 0,
    ignoreCase: options.ignoreCase,
    failed: undefined,
  }
  const node = readChoice(reader)
  if (reader.at < text.length) fail(reader, 'invalid')
  if (reader.failed !== undefined) return { ok: false, why: reader.failed }
  return { ok: true, pattern: { node, groups: reader.groups } }
}

/** Lives inside one call of {@link parsePattern}. */
interface Reader {
  readonly text: string
  at: number
  groups: number
  nesting: number
  ignoreCase: boolean
  failed: 'invalid' | 'not-modelled' | undefined
}

/** PCRE2's parens nest limit. */
const nestingLimit = 250

const nothing: PatternNode = { kind: 'sequence', nodes: [] }

function fail(reader: Reader, why: 'invalid' | 'not-modelled'): PatternNode {
  reader.failed ??= why
  reader.at = reader.text.length
  return nothing
}

function take(reader: Reader, pattern: RegExp): RegExpExecArray | undefined {
  const sticky = new RegExp(pattern, 'y')
  sticky.lastIndex = reader.at
  const found = sticky.exec(reader.text)
  if (found === null) return undefined
  reader.at = sticky.lastIndex
  return found
}

function readChoice(reader: Reader): PatternNode {
  const nodes = [readSequence(reader)]
  while (take(reader, /\|/)) nodes.push(readSequence(reader))
  return nodes.length === 1 && nodes[0] !== undefined ? nodes[0] : { kind: 'choice', nodes }
}

function readSequence(reader: Reader): PatternNode {
  const nodes: PatternNode[] = []
  while (reader.at < reader.text.length && !/[|)]/.test(reader.text.charAt(reader.at))) {
    nodes.push(readRepeat(reader, readAtom(reader)))
  }
  return { kind: 'sequence', nodes }
}

function readRepeat(reader: Reader, node: PatternNode): PatternNode {
  const found = take(reader, /([*+?]|\{(\d{1,5})(,(\d{0,5}))?\})([?+])?/)
  if (found === undefined) return node
  const [, sign = '', least, comma, most, mode] = found
  const from = least === undefined ? (sign === '+' ? 1 : 0) : Number(least)
  const to =
    least === undefined ? (sign === '?' ? 1 : Infinity) : !comma ? from : most ? Number(most) : Infinity
  if (to < from || node.kind === 'assertion') return fail(reader, 'invalid')
  return {
    kind: 'repeat',
    node,
    from,
    to,
    how: mode === '?' ? 'lazy' : mode === '+' ? 'possessive' : 'greedy',
  }
}

function readAtom(reader: Reader): PatternNode {
  if (take(reader, /\(/)) return readGroup(reader)
  if (take(reader, /\[/)) return readClass(reader)
  if (take(reader, /\\/)) return readEscape(reader)
  if (take(reader, /\^/)) return { kind: 'assertion', at: 'start' }
  if (take(reader, /\$/)) return { kind: 'assertion', at: 'end' }
  if (take(reader, /\./)) return { kind: 'character', accepts: (character) => character !== '\n' }
  if (take(reader, /[*+?]/)) return fail(reader, 'invalid')
  const literal = reader.text.charAt(reader.at)
  reader.at++
  return oneOf(reader, (character) => character === literal)
}

function readGroup(reader: Reader): PatternNode {
  const outerIgnoreCase = reader.ignoreCase
  if (take(reader, /\?i\)/)) {
    reader.ignoreCase = true
    return nothing
  }
  const look = take(reader, /\?([=!])/)
  const named = take(reader, /\?P?<(?![=!])\w+>/)
  const plain = take(reader, /\?(i?):/)
  if (plain?.[1] === 'i') reader.ignoreCase = true
  if (!look && !named && !plain && reader.text.charAt(reader.at) === '?') return fail(reader, 'not-modelled')
  const number = look || plain ? 0 : ++reader.groups
  if (++reader.nesting > nestingLimit) return fail(reader, 'invalid')
  const node = readChoice(reader)
  reader.nesting--
  reader.ignoreCase = outerIgnoreCase
  if (!take(reader, /\)/)) return fail(reader, 'invalid')
  if (look) return { kind: 'lookahead', node, negative: look[1] === '!' }
  return number === 0 ? node : { kind: 'group', node, number }
}

const classes: Readonly<Record<string, RegExp>> = {
  d: /[0-9]/,
  w: /[A-Za-z0-9_]/,
  s: /[\t\n\v\f\r ]/,
  h: /[\t \xa0]/,
}
const posixClasses: Readonly<Record<string, RegExp>> = {
  alpha: /[A-Za-z]/,
  digit: /[0-9]/,
  alnum: /[A-Za-z0-9]/,
  upper: /[A-Z]/,
  lower: /[a-z]/,
  space: /[\t\n\v\f\r ]/,
  punct: /[!-/:-@[-`{-~]/,
  xdigit: /[0-9A-Fa-f]/,
  word: /\w/,
}
const controls: Readonly<Record<string, string>> = {
  t: '\t',
  n: '\n',
  r: '\r',
  f: '\f',
  e: '\x1b',
  a: '\x07',
}

function readEscape(reader: Reader): PatternNode {
  const reference = take(reader, /[1-9]/)
  if (reference) return { kind: 'reference', number: Number(reference[0]), ignoreCase: reader.ignoreCase }
  const assertion = take(reader, /[bBAzZ]/)?.[0]
  if (assertion === 'b') return { kind: 'assertion', at: 'word-boundary' }
  if (assertion === 'B') return { kind: 'assertion', at: 'no-word-boundary' }
  if (assertion !== undefined) return { kind: 'assertion', at: assertion === 'A' ? 'start' : 'end' }
  const test = readEscapedTest(reader)
  return test === undefined ? nothing : oneOf(reader, test)
}

type Test = (character: string) => boolean

/** What stands behind a backslash, inside or outside a class. */
function readEscapedTest(reader: Reader): Test | undefined {
  const kind = take(reader, /[dwshDWSH]/)?.[0]
  const known = kind === undefined ? undefined : classes[kind.toLowerCase()]
  if (kind !== undefined && known !== undefined)
    return (character) => known.test(character) === (kind === kind.toLowerCase())
  const literal = readEscapedLiteral(reader)
  return literal === undefined ? undefined : (character) => character === literal
}

function readEscapedLiteral(reader: Reader): string | undefined {
  const hex = take(reader, /x([0-9A-Fa-f]{2})/)?.[1]
  if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16))
  const found = take(reader, /[\s\S]/)?.[0]
  const control = found === undefined ? undefined : controls[found]
  if (control !== undefined) return control
  if (found !== undefined && !/[A-Za-z0-9]/.test(found)) return found
  fail(reader, found === undefined ? 'invalid' : 'not-modelled')
  return undefined
}

function readClass(reader: Reader): PatternNode {
  const negated = take(reader, /\^/) !== undefined
  const tests: Test[] = []
  for (let first = true; first || !take(reader, /\]/); first = false) {
    if (reader.at >= reader.text.length) return fail(reader, 'invalid')
    tests.push(readClassMember(reader))
  }
  const member = oneOfTest(reader.ignoreCase, (character) => tests.some((test) => test(character)))
  return { kind: 'character', accepts: (character) => member(character) !== negated }
}

function readClassMember(reader: Reader): Test {
  const posix = take(reader, /\[:(\^?)(\w+):\]/)
  if (posix) {
    const known = posixClasses[posix[2] ?? '']
    if (known !== undefined) return (character) => known.test(character) === (posix[1] === '')
    fail(reader, 'invalid')
  }
  if (take(reader, /\\(?=[dwshDWSH])/)) return readEscapedTest(reader) ?? (() => false)
  const from = readClassLiteral(reader)
  if (!take(reader, /-(?!\])/)) return (character) => character === from
  const to = readClassLiteral(reader)
  if (from === undefined || to === undefined || to < from) fail(reader, 'invalid')
  return (character) => from !== undefined && to !== undefined && character >= from && character <= to
}

function readClassLiteral(reader: Reader): string | undefined {
  if (take(reader, /\\/)) return take(reader, /b/) ? '\b' : readEscapedLiteral(reader)
  return take(reader, /[\s\S]/)?.[0]
}

function oneOf(reader: Reader, test: Test): PatternNode {
  return { kind: 'character', accepts: oneOfTest(reader.ignoreCase, test) }
}

/** Without UTF mode, case is that of ASCII letters alone. */
function oneOfTest(ignoreCase: boolean, test: Test): Test {
  if (!ignoreCase) return test
  return (character) => test(character) || (/[A-Za-z]/.test(character) && test(swapCase(character)))
}

function swapCase(letter: string): string {
  return letter < 'a' ? letter.toLowerCase() : letter.toUpperCase()
}
