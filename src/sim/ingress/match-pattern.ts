/** Backtracking match of a parsed pattern with its steps counted, as PCRE2 does (pcre2api, `match limit` 10,000,000, `depth`). */
import type { Pattern, PatternNode } from './parse-pattern.ts'

/** `groups[0]` is the whole match; a group that took no part is undefined. */
export type PatternMatch =
  | {
      readonly kind: 'matched'
      readonly from: number
      readonly to: number
      readonly groups: readonly (string | undefined)[]
    }
  | { readonly kind: 'no-match' }
  | { readonly kind: 'too-costly' }

/** PCRE2's default. Its steps are not quite ours, but what passes one limit passes the other by far. */
const stepLimit = 10_000_000
/** The engine recurses; deeper than this counts as too costly. Some 500 rounds of a repeated group. */
const depthLimit = 1500

/** Finds the first match anywhere in the text. */
export function matchPattern(pattern: Pattern, text: string): PatternMatch {
  const run: Run = { text, steps: 0, depth: 0, exhausted: false, groups: [] }
  for (let from = 0; from <= text.length; from++) {
    run.groups = []
    let to = -1
    const found = walk(run, pattern.node, from, (at) => {
      to = at
      return true
    })
    if (run.exhausted) return { kind: 'too-costly' }
    if (found) return { kind: 'matched', from, to, groups: captured(run, pattern, from, to) }
  }
  return { kind: 'no-match' }
}

function captured(run: Run, pattern: Pattern, from: number, to: number): (string | undefined)[] {
  const numbers = Array.from({ length: pattern.groups }, (_, index) => run.groups[index + 1])
  const texts = numbers.map((span) => span && run.text.slice(span.from, span.to))
  return [run.text.slice(from, to), ...texts]
}

/** Lives inside one call of {@link matchPattern}. */
interface Run {
  readonly text: string
  steps: number
  depth: number
  exhausted: boolean
  groups: ({ readonly from: number; readonly to: number } | undefined)[]
}

type Next = (at: number) => boolean

function walk(run: Run, node: PatternNode, at: number, next: Next): boolean {
  if (++run.steps > stepLimit || run.depth > depthLimit) run.exhausted = true
  if (run.exhausted) return false
  run.depth++
  const found = walkNode(run, node, at, next)
  run.depth--
  return found
}

function walkNode(run: Run, node: PatternNode, at: number, next: Next): boolean {
  switch (node.kind) {
    case 'character':
      return at < run.text.length && node.accepts(run.text.charAt(at)) && next(at + 1)
    case 'sequence':
      return walkSequence(run, node.nodes, 0, at, next)
    case 'choice':
      return node.nodes.some((each) => walk(run, each, at, next))
    case 'assertion':
      return holds(run.text, node.at, at) && next(at)
    case 'lookahead':
      return walk(run, node.node, at, () => true) !== node.negative && !run.exhausted && next(at)
    case 'group':
      return walkGroup(run, node.node, node.number, at, next)
    case 'reference':
      return walkReference(run, node, at, next)
    case 'repeat':
      return node.node.kind === 'character'
        ? repeatCharacter(run, node, node.node.accepts, at, next)
        : repeatNode(run, node, 0, at, next)
  }
}

function walkSequence(
  run: Run,
  nodes: readonly PatternNode[],
  index: number,
  at: number,
  next: Next,
): boolean {
  let [reached, from] = [index, at]
  let node = nodes[reached]
  // Plain characters need no recursion.
  while (node?.kind === 'character') {
    run.steps++
    if (from >= run.text.length || !node.accepts(run.text.charAt(from))) return false
    from++
    node = nodes[++reached]
  }
  if (node === undefined) return next(from)
  return walk(run, node, from, (then) => walkSequence(run, nodes, reached + 1, then, next))
}

function walkGroup(run: Run, node: PatternNode, number: number, at: number, next: Next): boolean {
  const before = run.groups[number]
  const found = walk(run, node, at, (to) => {
    const inner = run.groups[number]
    run.groups[number] = { from: at, to }
    if (next(to)) return true
    run.groups[number] = inner
    return false
  })
  if (!found) run.groups[number] = before
  return found
}

function walkReference(
  run: Run,
  node: { readonly number: number; readonly ignoreCase: boolean },
  at: number,
  next: Next,
): boolean {
  const span = run.groups[node.number]
  if (span === undefined) return false
  const fold = (text: string) => (node.ignoreCase ? text.toLowerCase() : text)
  const wanted = run.text.slice(span.from, span.to)
  const to = at + wanted.length
  return fold(run.text.slice(at, to)) === fold(wanted) && next(to)
}

type Repeat = Extract<PatternNode, { kind: 'repeat' }>

/** A run of single characters needs no recursion: count how far it could go, then give back one at a time. */
function repeatCharacter(
  run: Run,
  node: Repeat,
  accepts: (character: string) => boolean,
  at: number,
  next: Next,
): boolean {
  let most = 0
  while (most < node.to && at + most < run.text.length && accepts(run.text.charAt(at + most))) most++
  run.steps += most
  const spread = most - node.from
  if (spread < 0) return false
  if (node.how === 'possessive') return next(at + most)
  for (let given = 0; given <= spread; given++) {
    if (++run.steps > stepLimit) run.exhausted = true
    if (run.exhausted) return false
    if (next(at + (node.how === 'lazy' ? node.from + given : most - given))) return true
  }
  return false
}

function repeatNode(run: Run, node: Repeat, count: number, at: number, next: Next): boolean {
  if (node.how === 'possessive') return repeatPossessively(run, node, at, next)
  if (count >= node.from && node.how === 'lazy' && next(at)) return true
  if (count < node.to) {
    const found = walk(run, node.node, at, (to) => {
      // A round that took nothing would go on for ever.
      if (to === at && count >= node.from) return false
      return repeatNode(run, node, count + 1, to, next)
    })
    if (found) return true
  }
  return count >= node.from && node.how === 'greedy' && !run.exhausted && next(at)
}

function repeatPossessively(run: Run, node: Repeat, at: number, next: Next): boolean {
  let end = -1
  const greedy: Repeat = { ...node, how: 'greedy' }
  const reached = repeatNode(run, greedy, 0, at, (to) => {
    end = to
    return true
  })
  return reached && !run.exhausted && next(end)
}

function holds(text: string, at: Extract<PatternNode, { kind: 'assertion' }>['at'], index: number): boolean {
  const isWord = (character: string) => /\w/.test(character)
  const boundary = isWord(text.charAt(index - 1)) !== isWord(text.charAt(index))
  switch (at) {
    case 'start':
      return index === 0
    case 'end':
      return index === text.length || (index === text.length - 1 && text.endsWith('\n'))
    case 'word-boundary':
      return boundary
    case 'no-word-boundary':
      return !boundary
  }
}
