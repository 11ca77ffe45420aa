/** Words to fields: variables, `$(…)`, splitting at blanks, `{1..5}` (POSIX.1-2017 §2.6; braces as in bash). */
import type { Trace } from '../sim/trace/trace.ts'
import type { Chunk } from './program.ts'
import type { Ran, Shell } from './shell.ts'
import type { ShellSession } from './session.ts'
import type { List, Word, WordPart } from './syntax/tree.ts'

/** What expanding printed and changed on its way, besides its result. */
interface Expanded {
  readonly chunks: readonly Chunk[]
  readonly traces: readonly Trace[]
  readonly session: ShellSession
}

type RunList = (list: List, shell: Shell) => Ran

/** The longest `{1..N}`. */
const mostBraceItems = 10_000

/** All fields of some words, in order. A word that is nothing but an empty variable gives no field. */
export function expandWords(
  words: readonly Word[],
  shell: Shell,
  runList: RunList,
): Expanded & { readonly fields: readonly string[] } {
  const fields: string[] = []
  const chunks: Chunk[] = []
  const traces: Trace[] = []
  let session = shell.session
  for (const word of words.flatMap(expandBraces)) {
    const pieces: Piece[] = []
    for (const part of word) {
      const piece = expandPart(part, { ...shell, session }, runList)
      pieces.push(piece)
      chunks.push(...piece.chunks)
      traces.push(...piece.traces)
      session = piece.session
    }
    fields.push(...splitFields(pieces))
  }
  return { fields, chunks, traces, session }
}

/** A word as one text, unsplit: a redirection's target, a variable's value. */
export function expandWord(word: Word, shell: Shell, runList: RunList): Expanded & { readonly text: string } {
  const whole = word.map((part) => ({ ...part, quoted: true }))
  const expanded = expandWords([whole], shell, runList)
  return { ...expanded, text: expanded.fields[0] ?? '' }
}

interface Piece extends Expanded {
  readonly text: string
  /** Typed, or quoted: kept whole. */
  readonly whole: boolean
  readonly quoted: boolean
}

function expandPart(part: WordPart, shell: Shell, runList: RunList): Piece {
  const nothing = { chunks: [], traces: [], session: shell.session }
  switch (part.kind) {
    case 'text':
      return { ...nothing, text: part.text, whole: true, quoted: part.quoted }
    case 'variable':
      return { ...nothing, text: variable(part.name, shell), whole: part.quoted, quoted: part.quoted }
    case 'substitution': {
      const ran = runList(part.list, { ...shell, tty: false })
      const printed = ran.chunks.filter((chunk) => chunk.stream === 'stdout')
      const text = printed
        .map((chunk) => chunk.text)
        .join('')
        .replace(/\n+$/, '')
      const chunks = ran.chunks.filter((chunk) => chunk.stream === 'stderr')
      return {
        text,
        whole: part.quoted,
        quoted: part.quoted,
        chunks,
        traces: ran.traces,
        session: ran.session,
      }
    }
  }
}

function variable(name: string, shell: Shell): string {
  if (name === '?') return String(shell.session.lastExitCode)
  if (Object.hasOwn(shell.session.variables, name)) return shell.session.variables[name] ?? ''
  switch (name) {
    case 'HOME':
      return '/root'
    case 'HOSTNAME':
      return shell.machine.hostname
    case 'PWD':
      return shell.session.directories[shell.machine.key] ?? '/root'
    case 'USER':
      return 'root'
    default:
      return ''
  }
}

/** Joins pieces; an unquoted expansion splits at its blanks, and its ends join what stands beside it. */
function splitFields(pieces: readonly Piece[]): readonly string[] {
  const fields: string[] = []
  let open: string | undefined
  for (const piece of pieces) {
    if (piece.whole) {
      if (piece.text !== '' || piece.quoted) open = (open ?? '') + piece.text
      continue
    }
    const parts = piece.text.split(/[ \t\n]+/)
    for (const [index, part] of parts.entries()) {
      if (index > 0 && open !== undefined) {
        fields.push(open)
        open = undefined
      }
      if (part !== '') open = (open ?? '') + part
    }
  }
  return open === undefined ? fields : [...fields, open]
}

/** `{1..5}` in a word's unquoted text: the word five times. Other braces stay as they are. */
function expandBraces(word: Word): readonly Word[] {
  const index = word.findIndex((part) => part.kind === 'text' && !part.quoted && bracePattern.test(part.text))
  const part = word[index]
  if (part?.kind !== 'text') return [word]
  const match = bracePattern.exec(part.text)
  if (match === null) return [word]
  const [whole, from = '0', to = '0'] = match
  return range(Number(from), Number(to)).map((number) => {
    const text = part.text.replace(whole, String(number))
    return word.with(index, { ...part, text })
  })
}

const bracePattern = /\{(-?\d{1,9})\.\.(-?\d{1,9})\}/

function range(from: number, to: number): readonly number[] {
  const length = Math.min(Math.abs(to - from) + 1, mostBraceItems)
  return Array.from({ length }, (_, index) => from + Math.sign(to - from) * index)
}
