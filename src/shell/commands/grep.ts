/**
 * grep: `-v -i -c -E -F -o -n -q -w -x -e`, `-A -B -C`. Basic expressions are rewritten to the extended ones, which the engine of
 * JavaScript reads (POSIX.1-2017 §9.3–9.4); what the two do not share, back references in the first place, is refused.
 */
import { err, finish, out, type Invocation, type Outcome } from '../program.ts'
import { allValues, isGiven, lastValue, readOptions } from '../read-options.ts'
import { joinLines, linesOf, readSources } from './input-lines.ts'

const table = {
  flags: [
    'v',
    'i',
    'c',
    'E',
    'F',
    'G',
    'o',
    'n',
    'q',
    'w',
    'x',
    'h',
    's',
    'color',
    'ignore-case',
    'invert-match',
    'count',
  ],
  values: ['e', 'A', 'B', 'C', 'm'],
}

const usage = "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n"

/** Exit code 0: a line was selected; 1: none; 2: trouble. */
export function grep(call: Invocation): Outcome {
  const read = readOptions(call.args, table)
  if (!read.ok) {
    const problem = read.problem === 'unknown' ? 'unrecognized option' : 'option requires an argument --'
    return finish(2, err(`grep: ${problem} '${read.option.replace(/^-+/, '')}'\n${usage}`))
  }
  const { options, operands } = read
  const given = allValues(options, 'e')
  const patterns = given.length > 0 ? given : operands.slice(0, 1)
  if (patterns.length === 0) return finish(2, err(usage))
  const matcher = compile(
    patterns.flatMap((pattern) => pattern.split('\n')),
    {
      fixed: isGiven(options, 'F'),
      extended: isGiven(options, 'E'),
      ignoreCase: isGiven(options, 'i', 'ignore-case'),
      word: isGiven(options, 'w'),
      line: isGiven(options, 'x'),
    },
  )
  if (matcher === undefined) return finish(2, err('grep: Invalid regular expression\n'))
  const { sources, problems } = readSources(call, 'grep', given.length > 0 ? operands : operands.slice(1))
  const inverted = isGiven(options, 'v', 'invert-match')
  const texts = sources.map((source) => {
    const lines = linesOf(source.text)
    const limit = Number(lastValue(options, 'm') ?? Infinity)
    const hits = lines
      .flatMap((line, index) => (matcher.test(line) === inverted ? [] : [index]))
      .slice(0, limit)
    const name = sources.length > 1 && !isGiven(options, 'h') ? `${source.name}:` : ''
    if (isGiven(options, 'c', 'count')) return { hits, text: `${name}${hits.length}\n` }
    if (isGiven(options, 'o')) return { hits, text: inverted ? '' : onlyMatches(lines, hits, matcher) }
    const around = {
      before: Number(lastValue(options, 'B', 'C') ?? 0),
      after: Number(lastValue(options, 'A', 'C') ?? 0),
      numbered: isGiven(options, 'n'),
      name,
    }
    return { hits, text: printHits(lines, hits, around) }
  })
  const found = texts.some((text) => text.hits.length > 0)
  const exitCode = problems.length > 0 && !(found && isGiven(options, 'q')) ? 2 : found ? 0 : 1
  const printed = isGiven(options, 'q') ? [] : texts.map((text) => out(text.text))
  return finish(exitCode, ...(isGiven(options, 's') ? [] : problems), ...printed)
}

interface Kind {
  readonly fixed: boolean
  readonly extended: boolean
  readonly ignoreCase: boolean
  readonly word: boolean
  readonly line: boolean
}

/** One expression for all patterns; `undefined`: not one. Tested against a line at a time. */
function compile(patterns: readonly string[], kind: Kind): RegExp | undefined {
  const sources = patterns.map((pattern) => {
    if (kind.fixed) return pattern.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
    return kind.extended ? pattern : basicToExtended(pattern)
  })
  if (!kind.fixed && sources.some((source) => /\\[1-9]/.test(source))) return undefined
  const joined = sources.map((source) => `(?:${named(source)})`).join('|')
  const bounded = kind.line ? `^(?:${joined})$` : kind.word ? `(?<!\\w)(?:${joined})(?!\\w)` : joined
  try {
    return new RegExp(bounded, kind.ignoreCase ? 'i' : '')
  } catch {
    return undefined
  }
}

/** In a basic expression `+ ? | ( ) { }` are letters, and operators behind a backslash; a `*` at the start is a letter too. */
function basicToExtended(pattern: string): string {
  let extended = ''
  let inBracket = false
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern.charAt(at)
    if (inBracket) {
      extended += char === '\\' ? '\\\\' : char
      if (char === ']') inBracket = false
    } else if (char === '\\') {
      const next = pattern.charAt(++at)
      extended += '+?|(){}'.includes(next) ? next : `\\${next}`
    } else if ('+?|(){}'.includes(char) || (char === '*' && extended === '')) {
      extended += `\\${char}`
    } else {
      if (char === '[') inBracket = true
      extended += char
    }
  }
  return extended
}

/** `[[:digit:]]` and its like. */
function named(source: string): string {
  return source
    .replaceAll('[:digit:]', '0-9')
    .replaceAll('[:alpha:]', 'A-Za-z')
    .replaceAll('[:alnum:]', 'A-Za-z0-9')
    .replaceAll('[:space:]', '\\s')
    .replaceAll('[:upper:]', 'A-Z')
    .replaceAll('[:lower:]', 'a-z')
}

function onlyMatches(lines: readonly string[], hits: readonly number[], matcher: RegExp): string {
  const every = new RegExp(matcher.source, `${matcher.flags}g`)
  const matches = hits.flatMap((index) => [...(lines[index] ?? '').matchAll(every)].map((match) => match[0]))
  return joinLines(matches.filter((match) => match !== ''))
}

interface Around {
  readonly before: number
  readonly after: number
  readonly numbered: boolean
  readonly name: string
}

/** Selected lines with their neighbours; groups that do not touch are parted by `--`. */
function printHits(lines: readonly string[], hits: readonly number[], around: Around): string {
  const printed: string[] = []
  const selected = new Set(hits)
  let last = -1
  for (const [index, line] of lines.entries()) {
    const isNear = hits.some((hit) => index >= hit - around.before && index <= hit + around.after)
    if (!isNear) continue
    const hasContext = around.before > 0 || around.after > 0
    if (hasContext && last >= 0 && index > last + 1) printed.push('--')
    const sign = selected.has(index) ? ':' : '-'
    const number = around.numbered ? `${index + 1}${sign}` : ''
    printed.push(`${around.name}${number}${line}`)
    last = index
  }
  return joinLines(printed)
}
