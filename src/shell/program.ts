/** What a program of the terminal is: a function from what was typed, and where, to what it prints. */
import type { Lab } from '../sim/lab.ts'
import type { ParsedFile } from '../sim/manifest/manifest.ts'
import type { Fault, Vantage } from '../sim/trace/request.ts'
import type { Trace } from '../sim/trace/trace.ts'
import type { Machine } from './machine.ts'
import type { ShellSession } from './session.ts'

/** A piece of output. The order of pieces is the order written, over both streams. */
export interface Chunk {
  readonly stream: 'stdout' | 'stderr'
  readonly text: string
}

/** Reads a manifest file's text. A parameter, so that the YAML parser loads when it is first needed. */
export type ParseFile = (file: string, text: string) => ParsedFile

/** What a program did. `session` is absent where the program changed nothing in it. */
export interface Outcome {
  readonly chunks: readonly Chunk[]
  readonly exitCode: number
  readonly traces?: readonly Trace[]
  readonly session?: ShellSession
  /** The machine has no such program; nothing ran. */
  readonly missing?: true
}

/** A machine, and which of a Pod's containers; the first where none is named. */
export interface Target {
  readonly at: Vantage
  readonly container?: string
}

/** A program's call. */
export interface Invocation {
  /** Without the program's own name. */
  readonly args: readonly string[]
  /** Absent: the terminal, at which nobody types. */
  readonly stdin?: string
  /** Both outputs are one terminal. */
  readonly tty: boolean
  readonly at: Vantage
  readonly machine: Machine
  readonly lab: Lab
  readonly session: ShellSession
  readonly parseFile: ParseFile
  readonly faults: readonly Fault[]
  /** Runs a program, without a shell, on another machine or this one, as if it were part of `call`. */
  readonly run: (target: Target, argv: readonly string[], call: Invocation) => Outcome
  /** Runs a line in a shell of this machine. */
  readonly runLine: (line: string, call: Invocation) => Outcome
}

/** A program: total, never throws, and reads nothing but its call. */
export type Program = (call: Invocation) => Outcome

/** Text on standard output. */
export function out(text: string): Chunk {
  return { stream: 'stdout', text }
}

/** Text on standard error. */
export function err(text: string): Chunk {
  return { stream: 'stderr', text }
}

/** The end of a program that only printed. Empty pieces are left out. */
export function finish(exitCode: number, ...chunks: readonly Chunk[]): Outcome {
  return { exitCode, chunks: chunks.filter((chunk) => chunk.text !== '') }
}

/** One stream's text of several pieces. */
export function textOf(chunks: readonly Chunk[], stream: Chunk['stream']): string {
  return chunks
    .filter((chunk) => chunk.stream === stream)
    .map((chunk) => chunk.text)
    .join('')
}
