/**
 * Backtracking match of a pattern with its steps counted, as PCRE2 does it (pcre2api: `match limit` 10,000,000). The browser's own
 * engine cannot be stopped; a pattern that explodes must end in an answer here as well.
 */
import type { Instruction } from './compile-pattern.ts'
import { compilePattern } from './compile-pattern.ts'
import type { Pattern } from './parse-pattern.ts'

/** `groups[0]` is the whole match; a group that took no part is undefined. */
export type PatternMatch =
  | { readonly kind: 'matched'; readonly groups: readonly (string | undefined)[] }
  | { readonly kind: 'no-match' }
  | { readonly kind: 'too-costly' }

/** PCRE2's default. Its steps are not quite ours, but what exceeds one limit exceeds the other by far. */
const stepLimit = 10_000_000
/** Ways back that are kept at once; PCRE2 has 20 MB for them. */
const waysLimit = 1_000_000

/** Finds the first match anywhere in the text. */
export function matchPattern(pattern: Pattern, text: string): PatternMatch {
  const program = programOf(pattern)
  if (program === undefined) return { kind: 'too-costly' }
  const run: Run = { text, steps: 0 }
  for (let from = 0; from <= text.length; from++) {
    const slots: (number | undefined)[] = []
    const to = execute(run, program, from, slots)
    if (to === 'too-costly') return { kind: 'too-costly' }
    if (to === 'no-match') continue
    const groups = Array.from({ length: pattern.groups }, (_, index) => {
      const [start, end] = [slots[2 * index + 2], slots[2 * index + 3]]
      return start === undefined || end === undefined ? undefined : text.slice(start, end)
    })
    return { kind: 'matched', groups: [text.slice(from, to), ...groups] }
  }
  return { kind: 'no-match' }
}

/** A pattern's program, compiled once. */
function programOf(pattern: Pattern): ReturnType<typeof compilePattern> {
  if (programs.has(pattern)) return programs.get(pattern)
  const program = compilePattern(pattern.node, pattern.groups)
  programs.set(pattern, program)
  return program
}

const programs = new WeakMap<Pattern, ReturnType<typeof compilePattern>>()

/** Lives inside one call of {@link matchPattern}. */
interface Run {
  readonly text: string
  steps: number
}

/** What to do after a failure: go on elsewhere, `more` times again `step` further on; or undo a slot and fail further back. */
type WayBack =
  | {
      readonly kind: 'resume'
      readonly next: number
      readonly at: number
      readonly more: number
      readonly step: number
    }
  | { readonly kind: 'undo'; readonly slot: number; readonly value: number | undefined }

/** Where the machine is: the next instruction and the position in the text. */
interface Thread {
  readonly next: number
  readonly at: number
}

/** Runs a program from a position: where it ended, with the slots filled. */
function execute(
  run: Run,
  program: readonly Instruction[],
  from: number,
  slots: (number | undefined)[],
): number | 'no-match' | 'too-costly' {
  const ways: WayBack[] = []
  let state: Thread | undefined = { next: 0, at: from }
  for (;;) {
    if (++run.steps > stepLimit || ways.length > waysLimit) return 'too-costly'
    state ??= goBack(ways, slots)
    if (state === undefined) return 'no-match'
    const instruction: Instruction | undefined = program[state.next]
    if (instruction === undefined || instruction.op === 'done') return state.at
    if (instruction.op === 'inner') {
      const to: ReturnType<typeof execute> = execute(run, instruction.program, state.at, slots)
      if (to === 'too-costly') return to
      const held: boolean = (to !== 'no-match') !== instruction.negative
      const at: number = instruction.moves && to !== 'no-match' ? to : state.at
      state = held ? { next: state.next + 1, at } : undefined
    } else state = step(run, instruction, state, ways, slots)
  }
}

function goBack(ways: WayBack[], slots: (number | undefined)[]): Thread | undefined {
  for (let way = ways.pop(); way !== undefined; way = ways.pop()) {
    if (way.kind === 'undo') slots[way.slot] = way.value
    else {
      if (way.more > 0) ways.push({ ...way, at: way.at + way.step, more: way.more - 1 })
      return way
    }
  }
  return undefined
}

/** One instruction; undefined where it fails. */
function step(
  run: Run,
  instruction: Exclude<Instruction, { op: 'done' | 'inner' }>,
  { next, at }: Thread,
  ways: WayBack[],
  slots: (number | undefined)[],
): Thread | undefined {
  const { text } = run
  switch (instruction.op) {
    case 'character':
      return at < text.length && instruction.accepts(text.charAt(at))
        ? { next: next + 1, at: at + 1 }
        : undefined
    case 'run':
      return stepRun(run, instruction, { next: next + 1, at }, ways)
    case 'split':
      ways.push({ kind: 'resume', next: instruction.second, at, more: 0, step: 0 })
      return { next: instruction.first, at }
    case 'jump':
      return { next: instruction.to, at }
    case 'save':
      ways.push({ kind: 'undo', slot: instruction.slot, value: slots[instruction.slot] })
      slots[instruction.slot] = at
      return { next: next + 1, at }
    case 'progress':
      return slots[instruction.slot] === at ? undefined : { next: next + 1, at }
    case 'assertion':
      return holds(text, instruction.at, at) ? { next: next + 1, at } : undefined
    case 'reference': {
      const wanted = text.slice(slots[2 * instruction.number] ?? 0, slots[2 * instruction.number + 1] ?? -1)
      const fold = (part: string) => (instruction.ignoreCase ? part.toLowerCase() : part)
      const isSet = slots[2 * instruction.number + 1] !== undefined
      const to = at + wanted.length
      return isSet && fold(text.slice(at, to)) === fold(wanted) ? { next: next + 1, at: to } : undefined
    }
  }
}

/** Counts how far the run could go, then offers its lengths one after the other. */
function stepRun(
  run: Run,
  { accepts, from, to, how }: Extract<Instruction, { op: 'run' }>,
  { next, at }: Thread,
  ways: WayBack[],
): Thread | undefined {
  let most = 0
  while (most < to && at + most < run.text.length && accepts(run.text.charAt(at + most))) most++
  run.steps += most
  const spread = most - from
  if (spread < 0) return undefined
  const [first, direction] = how === 'lazy' ? [at + from, 1] : [at + most, -1]
  if (spread > 0 && how !== 'possessive')
    ways.push({ kind: 'resume', next, at: first + direction, more: spread - 1, step: direction })
  return { next, at: first }
}

function holds(
  text: string,
  assertion: Extract<Instruction, { op: 'assertion' }>['at'],
  at: number,
): boolean {
  const isWord = (character: string) => /\w/.test(character)
  const isBoundary = isWord(text.charAt(at - 1)) !== isWord(text.charAt(at))
  switch (assertion) {
    case 'start':
      return at === 0
    case 'end':
      return at === text.length || (at === text.length - 1 && text.endsWith('\n'))
    case 'word-boundary':
      return isBoundary
    case 'no-word-boundary':
      return !isBoundary
  }
}
