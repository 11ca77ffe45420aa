/** From tokens to a tree: lists of pipelines of simple commands and `for` loops (POSIX.1-2017, Shell Command Language §2.10). */
import { tokenize, type Token } from './tokens.ts'
import type { Command, ForLoop, List, Parsed, Pipeline, Redirect, SyntaxProblem, Word } from './tree.ts'

/** Reads a line, or several. An empty one is a list without items. */
export function parseLine(line: string): Parsed<List> {
  const tokens = tokenize(line, parseLine)
  if (!tokens.ok) return tokens
  const list = parseList({ tokens: tokens.value, at: 0 }, [])
  if (!list.ok) return list
  const rest = list.value.rest.tokens[list.value.rest.at]
  return rest === undefined ? { ok: true, value: list.value.node } : unexpected(rest)
}

/** A place among the tokens. */
interface Cursor {
  readonly tokens: readonly Token[]
  readonly at: number
}

/** A node that was read, and where it ended. */
type Read<T> = Parsed<{ readonly node: T; readonly rest: Cursor }>

const unknownStarts = ['if', 'while', 'until', 'case', 'function', 'select', '{', '[[', 'time']
const misplacedWords = ['do', 'done', 'then', 'else', 'elif', 'fi', 'esac', 'in', '}']

/** Pipelines up to a word of `ends` at the place of a command, or to the end. */
function parseList(start: Cursor, ends: readonly string[]): Read<List> {
  const items: { pipeline: Pipeline; when: 'always' | 'success' | 'failure' }[] = []
  let cursor = skipNewlines(start)
  let when: 'always' | 'success' | 'failure' = 'always'
  for (;;) {
    const token = cursor.tokens[cursor.at]
    if (token === undefined || (token.kind === 'word' && ends.includes(token.raw))) {
      if (when !== 'always') return token === undefined ? atEnd() : unexpected(token)
      return { ok: true, value: { node: { items }, rest: cursor } }
    }
    const pipeline = parsePipeline(cursor)
    if (!pipeline.ok) return pipeline
    items.push({ pipeline: pipeline.value.node, when })
    cursor = pipeline.value.rest
    const next = cursor.tokens[cursor.at]
    if (next === undefined) return { ok: true, value: { node: { items }, rest: cursor } }
    if (next.kind === 'word') return unexpected(next)
    if (next.text === '&') return notSimulated('running in the background with &')
    const joined = joinOf(next.text)
    if (joined === undefined) return unexpected(next)
    when = joined
    cursor = { ...cursor, at: cursor.at + 1 }
    if (next.text !== ';') cursor = skipNewlines(cursor)
  }
}

function joinOf(operator: string): 'always' | 'success' | 'failure' | undefined {
  if (operator === '&&') return 'success'
  if (operator === '||') return 'failure'
  return operator === ';' || operator === '\n' ? 'always' : undefined
}

function parsePipeline(start: Cursor): Read<Pipeline> {
  const negated = isWord(start, '!')
  let cursor = negated ? { ...start, at: start.at + 1 } : start
  const commands: Command[] = []
  for (;;) {
    const command = parseCommand(cursor)
    if (!command.ok) return command
    commands.push(command.value.node)
    cursor = command.value.rest
    if (!isOperator(cursor, '|')) return { ok: true, value: { node: { commands, negated }, rest: cursor } }
    cursor = skipNewlines({ ...cursor, at: cursor.at + 1 })
  }
}

function parseCommand(start: Cursor): Read<Command> {
  const token = start.tokens[start.at]
  if (token === undefined) return atEnd()
  if (token.kind === 'operator') {
    return token.text === '(' ? notSimulated('a subshell ( … )') : parseSimple(start)
  }
  if (token.raw === 'for') return parseFor(start)
  if (misplacedWords.includes(token.raw)) return unexpected(token)
  if (unknownStarts.includes(token.raw)) {
    const isAlone = start.at === start.tokens.length - 1
    return isAlone ? atEnd() : notSimulated(`the shell's “${token.raw}”`)
  }
  return parseSimple(start)
}

function parseSimple(start: Cursor): Read<Command> {
  const assignments: { name: string; value: Word }[] = []
  const words: Word[] = []
  const redirects: Redirect[] = []
  let cursor = start
  for (;;) {
    const token = cursor.tokens[cursor.at]
    if (token?.kind === 'word') {
      const assignment = words.length === 0 ? readAssignment(token.parts) : undefined
      if (assignment === undefined) words.push(token.parts)
      else assignments.push(assignment)
      cursor = { ...cursor, at: cursor.at + 1 }
      continue
    }
    const redirect = token === undefined ? undefined : parseRedirect(cursor, token.text)
    if (redirect === undefined) break
    if (!redirect.ok) return redirect
    redirects.push(redirect.value.node)
    cursor = redirect.value.rest
  }
  if (cursor.at > start.at) {
    return { ok: true, value: { node: { kind: 'simple', assignments, words, redirects }, rest: cursor } }
  }
  const token = cursor.tokens[cursor.at]
  return token === undefined ? atEnd() : unexpected(token)
}

function parseFor(start: Cursor): Read<ForLoop> {
  const variable = start.tokens[start.at + 1]
  if (variable === undefined) return atEnd()
  if (variable.kind !== 'word' || !/^[A-Za-z_]\w*$/.test(variable.raw)) return unexpected(variable)
  let cursor: Cursor = { ...start, at: start.at + 2 }
  if (cursor.tokens[cursor.at] === undefined) return atEnd()
  if (!isWord(cursor, 'in')) return notSimulated('“for” without “in”')
  const items: Word[] = []
  cursor = { ...cursor, at: cursor.at + 1 }
  for (let token = cursor.tokens[cursor.at]; token?.kind === 'word'; token = cursor.tokens[cursor.at]) {
    items.push(token.parts)
    cursor = { ...cursor, at: cursor.at + 1 }
  }
  if (!isOperator(cursor, ';') && !isOperator(cursor, '\n')) return unexpectedAt(cursor)
  cursor = skipNewlines({ ...cursor, at: cursor.at + 1 })
  if (!isWord(cursor, 'do')) return unexpectedAt(cursor)
  const body = parseList({ ...cursor, at: cursor.at + 1 }, ['done'])
  if (!body.ok) return body
  cursor = body.value.rest
  if (!isWord(cursor, 'done') || body.value.node.items.length === 0) return unexpectedAt(cursor)
  cursor = { ...cursor, at: cursor.at + 1 }
  const node = { kind: 'for', variable: variable.raw, items, body: body.value.node, redirects: [] } as const
  return { ok: true, value: { node, rest: cursor } }
}

/** `undefined`: the operator is no redirection. */
function parseRedirect(cursor: Cursor, operator: string): Read<Redirect> | undefined {
  if (operator === '2>&1' || operator === '1>&2' || operator === '>&2') {
    const node: Redirect = { kind: 'join', from: operator === '2>&1' ? 'stderr' : 'stdout' }
    return { ok: true, value: { node, rest: { ...cursor, at: cursor.at + 1 } } }
  }
  if (operator === '<<') return notSimulated('a here-document (<<)')
  if (!['<', '>', '>>', '1>', '1>>', '2>', '2>>', '&>', '&>>'].includes(operator)) return undefined
  const target = cursor.tokens[cursor.at + 1]
  if (target === undefined) return unexpected({ kind: 'operator', text: '\n' })
  if (target.kind !== 'word') return unexpected(target)
  const rest = { ...cursor, at: cursor.at + 2 }
  if (operator === '<') return { ok: true, value: { node: { kind: 'read', target: target.parts }, rest } }
  const streams = operator.startsWith('2') ? 'stderr' : operator.startsWith('&') ? 'both' : 'stdout'
  const node: Redirect = { kind: 'write', streams, append: operator.endsWith('>>'), target: target.parts }
  return { ok: true, value: { node, rest } }
}

/** `NAME=value` before the command's name. */
function readAssignment(word: Word): { readonly name: string; readonly value: Word } | undefined {
  const [first, ...rest] = word
  if (first?.kind !== 'text' || first.quoted) return undefined
  const match = /^([A-Za-z_]\w*)=(.*)$/s.exec(first.text)
  if (match === null) return undefined
  return { name: match[1] ?? '', value: [{ ...first, text: match[2] ?? '' }, ...rest] }
}

function skipNewlines(cursor: Cursor): Cursor {
  let at = cursor.at
  while (isOperator({ ...cursor, at }, '\n')) at++
  return { ...cursor, at }
}

function isWord(cursor: Cursor, raw: string): boolean {
  const token = cursor.tokens[cursor.at]
  return token?.kind === 'word' && token.raw === raw
}

function isOperator(cursor: Cursor, text: string): boolean {
  const token = cursor.tokens[cursor.at]
  return token?.kind === 'operator' && token.text === text
}

type Failed = { readonly ok: false; readonly problem: SyntaxProblem }

function unexpected(token: Token): Failed {
  const text = token.kind === 'word' ? token.raw : token.text === '\n' ? 'newline' : token.text
  return { ok: false, problem: { kind: 'unexpected-token', token: text } }
}

function unexpectedAt(cursor: Cursor): Failed {
  const token = cursor.tokens[cursor.at]
  return token === undefined ? atEnd() : unexpected(token)
}

function atEnd(): Failed {
  return { ok: false, problem: { kind: 'unexpected-end' } }
}

function notSimulated(what: string): Failed {
  return { ok: false, problem: { kind: 'not-simulated', what } }
}
