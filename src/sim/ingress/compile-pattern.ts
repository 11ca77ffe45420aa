/**
 * A parsed pattern as a list of instructions for {@link matchPattern}, which then needs no recursion: nothing that a person types
 * can overflow the stack. After Thompson's and Pike's machines (Russ Cox, "Regular Expression Matching: the Virtual Machine Approach").
 */
import type { PatternNode } from './parse-pattern.ts'

export type Instruction =
  | { readonly op: 'character'; readonly accepts: (character: string) => boolean }
  /** A repeated single character. `how`: which end of the range is tried first, and whether any other. */
  | {
      readonly op: 'run'
      readonly accepts: (character: string) => boolean
      readonly from: number
      readonly to: number
      readonly how: 'greedy' | 'lazy' | 'possessive'
    }
  | { readonly op: 'split'; readonly first: number; readonly second: number }
  | { readonly op: 'jump'; readonly to: number }
  /** Remembers the position. Slots 2n and 2n+1 are the ends of group n. */
  | { readonly op: 'save'; readonly slot: number }
  /** Fails where the position is still that of the slot: a round that took nothing would go on for ever. */
  | { readonly op: 'progress'; readonly slot: number }
  | { readonly op: 'assertion'; readonly at: 'start' | 'end' | 'word-boundary' | 'no-word-boundary' }
  | { readonly op: 'reference'; readonly number: number; readonly ignoreCase: boolean }
  /** Runs a program of its own, without a way back into it. `moves`: goes on from its end (possessive), not from here (lookahead). */
  | {
      readonly op: 'inner'
      readonly program: readonly Instruction[]
      readonly negative: boolean
      readonly moves: boolean
    }
  | { readonly op: 'done' }

/** PCRE2 refuses patterns of more than 64 KiB of its own code. */
const largest = 65_536

/** Compiles, or gives undefined where the program grows too large. */
export function compilePattern(node: PatternNode, groups: number): readonly Instruction[] | undefined {
  const compiler: Compiler = { slots: 2 * (groups + 1), size: 0 }
  const program: Instruction[] = []
  emit(compiler, program, node)
  program.push({ op: 'done' })
  return compiler.size > largest ? undefined : program
}

/** Lives inside one call of {@link compilePattern}. `slots`: the first that no group uses. */
interface Compiler {
  slots: number
  size: number
}

function emit(compiler: Compiler, program: Instruction[], node: PatternNode): void {
  if (++compiler.size > largest) return
  switch (node.kind) {
    case 'sequence':
      for (const each of node.nodes) emit(compiler, program, each)
      return
    case 'choice':
      return emitChoice(compiler, program, node.nodes)
    case 'character':
      program.push({ op: 'character', accepts: node.accepts })
      return
    case 'assertion':
      program.push({ op: 'assertion', at: node.at })
      return
    case 'reference':
      program.push({ op: 'reference', number: node.number, ignoreCase: node.ignoreCase })
      return
    case 'lookahead':
      program.push({
        op: 'inner',
        program: inner(compiler, node.node),
        negative: node.negative,
        moves: false,
      })
      return
    case 'group':
      program.push({ op: 'save', slot: 2 * node.number })
      emit(compiler, program, node.node)
      program.push({ op: 'save', slot: 2 * node.number + 1 })
      return
    case 'repeat':
      return emitRepeat(compiler, program, node)
  }
}

function inner(compiler: Compiler, node: PatternNode): readonly Instruction[] {
  const program: Instruction[] = []
  emit(compiler, program, node)
  program.push({ op: 'done' })
  return program
}

function emitChoice(compiler: Compiler, program: Instruction[], nodes: readonly PatternNode[]): void {
  const jumps: number[] = []
  for (const [index, node] of nodes.entries()) {
    const split = program.length
    const isLast = index === nodes.length - 1
    if (!isLast) program.push({ op: 'jump', to: 0 })
    emit(compiler, program, node)
    if (isLast) break
    jumps.push(program.length)
    program.push({ op: 'jump', to: 0 })
    program[split] = { op: 'split', first: split + 1, second: program.length }
  }
  for (const at of jumps) program[at] = { op: 'jump', to: program.length }
}

function emitRepeat(
  compiler: Compiler,
  program: Instruction[],
  node: Extract<PatternNode, { kind: 'repeat' }>,
): void {
  const { from, to, how } = node
  if (node.node.kind === 'character') {
    program.push({ op: 'run', accepts: node.node.accepts, from, to, how })
    return
  }
  if (how === 'possessive') {
    const greedy: PatternNode = { ...node, how: 'greedy' }
    program.push({ op: 'inner', program: inner(compiler, greedy), negative: false, moves: true })
    return
  }
  const small = () => compiler.size <= largest
  for (let round = 0; round < from && small(); round++) emit(compiler, program, node.node)
  if (to === Infinity) emitLoop(compiler, program, node.node, how)
  else for (let round = from; round < to && small(); round++) emitOptional(compiler, program, node.node, how)
}

/** `L: split body, end; save; body; progress; jump L; end:` */
function emitLoop(
  compiler: Compiler,
  program: Instruction[],
  node: PatternNode,
  how: 'greedy' | 'lazy',
): void {
  const start = program.length
  const slot = compiler.slots++
  program.push({ op: 'jump', to: 0 }, { op: 'save', slot })
  emit(compiler, program, node)
  program.push({ op: 'progress', slot }, { op: 'jump', to: start })
  program[start] = split(how, start + 1, program.length)
}

/** Another round or none; after none, the rounds behind it find nothing to do either, so order alone matters. */
function emitOptional(
  compiler: Compiler,
  program: Instruction[],
  node: PatternNode,
  how: 'greedy' | 'lazy',
): void {
  const start = program.length
  program.push({ op: 'jump', to: 0 })
  emit(compiler, program, node)
  program[start] = split(how, start + 1, program.length)
}

function split(how: 'greedy' | 'lazy', body: number, end: number): Instruction {
  return how === 'greedy'
    ? { op: 'split', first: body, second: end }
    : { op: 'split', first: end, second: body }
}
