/** Corefile words → server blocks and their directives (coredns/caddy caddyfile/parse.go). Nothing is known of plugins here. */
import type { CorefileToken } from './corefile-tokens.ts'

/** A plugin's lines as written: the words behind its name, and the lines of its braces. */
export interface Directive {
  readonly name: string
  readonly line: number
  readonly args: readonly string[]
  readonly body: readonly DirectiveLine[]
  /** The last line that belongs to it. */
  readonly endLine: number
}

export interface DirectiveLine {
  readonly line: number
  readonly words: readonly string[]
}

/** `keys` as written, such as `.:53`. */
export interface RawBlock {
  readonly keys: readonly string[]
  readonly line: number
  readonly directives: readonly Directive[]
}

/** What CoreDNS would say, in its own words, and whether it would not start. */
export interface CorefileProblem {
  readonly line: number
  readonly text: string
  readonly fatal: boolean
  /** The process ends with it, at a reload too; other fatal problems then only keep the new file from being taken. */
  readonly exits?: true
}

export interface BlocksResult {
  readonly blocks: readonly RawBlock[]
  readonly problems: readonly CorefileProblem[]
}

/**
 * Groups words into blocks. A file with one block may leave its braces out; `(name) { … }` defines a snippet that `import name` puts in.
 * Ends at the first problem, as CoreDNS does.
 */
export function parseBlocks(tokens: readonly CorefileToken[]): BlocksResult {
  const cursor: Cursor = { tokens: [...tokens], at: 0, imports: 0 }
  const snippets = new Map<string, readonly CorefileToken[]>()
  const blocks: RawBlock[] = []
  while (cursor.at < cursor.tokens.length) {
    const result = parseBlock(cursor, snippets)
    if ('text' in result) return { blocks, problems: [result] }
    if (result.keys.length > 0) blocks.push(result)
  }
  return { blocks, problems: [] }
}

/** Reads forward only; an import puts its words in at `at`. */
interface Cursor {
  readonly tokens: CorefileToken[]
  at: number
  imports: number
}

const maxImports = 1000

type Snippets = Map<string, readonly CorefileToken[]>

function parseBlock(cursor: Cursor, snippets: Snippets): RawBlock | CorefileProblem {
  const line = cursor.tokens[cursor.at]?.line ?? 1
  const keys = parseKeys(cursor, snippets)
  if ('text' in keys) return keys
  const opened = cursor.tokens[cursor.at]?.text === '{'
  if (opened) cursor.at++
  const snippet = /^\((.*)\)$/.exec(keys.length === 1 ? (keys[0] ?? '') : '')?.[1]
  if (snippet !== undefined && opened) return defineSnippet(cursor, snippets, snippet, line)
  const directives: Directive[] = []
  for (;;) {
    const token = cursor.tokens[cursor.at]
    if (token === undefined) return opened ? unclosed(cursor) : { keys, line, directives }
    if (token.text === '}') {
      cursor.at++
      return { keys, line, directives }
    }
    const result = token.text === 'import' ? putIn(cursor, snippets) : parseDirective(cursor, snippets)
    if (result !== undefined && 'text' in result) return result
    if (result !== undefined) directives.push(result)
  }
}

/** The words up to the brace or the line's end; a comma at a line's end continues the keys. */
function parseKeys(cursor: Cursor, snippets: Snippets): readonly string[] | CorefileProblem {
  const keys: string[] = []
  for (;;) {
    const token = cursor.tokens[cursor.at]
    if (token === undefined || token.text === '{') return keys
    const before = cursor.tokens[cursor.at - 1]
    if (keys.length === 0 && token.text === 'import') {
      const problem = putIn(cursor, snippets)
      if (problem !== undefined) return problem
      continue
    }
    const continues = keys.length === 0 || before?.line === token.line || before?.text.endsWith(',') === true
    if (!continues) return keys
    keys.push(token.text.replace(/,$/, ''))
    cursor.at++
  }
}

function parseDirective(cursor: Cursor, snippets: Snippets): Directive | CorefileProblem {
  const first = cursor.tokens[cursor.at]
  if (first === undefined) return unclosed(cursor)
  cursor.at++
  const words: CorefileToken[] = []
  let depth = 0
  let last = first
  for (;;) {
    const token = cursor.tokens[cursor.at]
    if (token === undefined) break
    const newLine = token.line !== last.line
    if (newLine && depth === 0) break
    if (newLine && token.text === 'import') {
      const problem = putIn(cursor, snippets)
      if (problem !== undefined) return problem
      continue
    }
    if (token.text === '}' && depth === 0) {
      const text = "Unexpected '}' because no matching opening brace"
      return problemAt(token.line, `Error during parsing: ${text}`)
    }
    if (token.text === '{') depth++
    if (token.text === '}') depth--
    words.push(token)
    last = token
    cursor.at++
  }
  if (depth > 0) return problemAt(last.line, 'Error during parsing: Unexpected EOF')
  return directiveOf(first, words)
}

function directiveOf(first: CorefileToken, words: readonly CorefileToken[]): Directive {
  const brace = words.findIndex((word) => word.text === '{')
  const args = (brace < 0 ? words : words.slice(0, brace)).map((word) => word.text)
  const lines = new Map<number, string[]>()
  for (const word of brace < 0 ? [] : words.slice(brace + 1, -1)) {
    const line = lines.get(word.line) ?? []
    line.push(word.text)
    lines.set(word.line, line)
  }
  const body = [...lines].map(([line, each]) => ({ line, words: each }))
  return { name: first.text, line: first.line, args, body, endLine: words.at(-1)?.line ?? first.line }
}

function defineSnippet(
  cursor: Cursor,
  snippets: Snippets,
  name: string,
  line: number,
): RawBlock | CorefileProblem {
  if (snippets.has(name))
    return problemAt(line, `Error during parsing: redeclaration of previously declared snippet ${name}`)
  const start = cursor.at
  let depth = 1
  while (depth > 0) {
    const token = cursor.tokens[cursor.at]
    if (token === undefined) return unclosed(cursor)
    if (token.text === '{') depth++
    if (token.text === '}') depth--
    cursor.at++
  }
  snippets.set(name, cursor.tokens.slice(start, cursor.at - 1))
  return { keys: [], line, directives: [] }
}

/** `import`: a snippet's words in place. Files are not there: CoreDNS mounts the Corefile of its ConfigMap alone. */
function putIn(cursor: Cursor, snippets: Snippets): CorefileProblem | undefined {
  const line = cursor.tokens[cursor.at]?.line ?? 1
  const name = cursor.tokens[cursor.at + 1]
  if (name === undefined || name.line !== line)
    return problemAt(
      line,
      "Error during parsing: Wrong argument count or unexpected line ending after 'import'",
    )
  const words = snippets.get(name.text)
  if (words === undefined && !/[*?[\]]/.test(name.text))
    return problemAt(line, `Error during parsing: File to import not found: ${name.text}`)
  if (cursor.imports++ >= maxImports)
    return problemAt(line, `Error during parsing: maximum snippet import depth (${maxImports}) exceeded`)
  cursor.tokens.splice(cursor.at, 2, ...(words ?? []))
  return undefined
}

function unclosed(cursor: Cursor): CorefileProblem {
  const last = cursor.tokens.at(-1)
  return problemAt(last?.line ?? 1, `Syntax error: Unexpected token '${last?.text ?? ''}', expecting '}'`)
}

function problemAt(line: number, text: string): CorefileProblem {
  return { line, text: `Corefile:${line} - ${text}`, fatal: true }
}
