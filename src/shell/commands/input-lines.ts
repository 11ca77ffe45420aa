/** What the text tools read: the files that are named, else standard input, as lines. */
import { absolutePath, readText } from '../files.ts'
import { err, type Chunk, type Invocation } from '../program.ts'

/** One source of lines. `name` is `''` for standard input. */
export interface Source {
  readonly name: string
  readonly text: string
}

/** All sources that could be read, and a message for each that could not. */
export function readSources(
  call: Invocation,
  program: string,
  files: readonly string[],
): { readonly sources: readonly Source[]; readonly problems: readonly Chunk[] } {
  if (files.length === 0) return { sources: [{ name: '', text: call.stdin ?? '' }], problems: [] }
  const sources: Source[] = []
  const problems: Chunk[] = []
  for (const file of files) {
    const text = file === '-' ? (call.stdin ?? '') : readText(call, absolutePath(call, file))
    if (text === undefined) problems.push(err(`${program}: ${file}: No such file or directory\n`))
    else sources.push({ name: file, text })
  }
  return { sources, problems }
}

/** Lines without their newlines. The last one counts whether or not a newline ends it. */
export function linesOf(text: string): readonly string[] {
  if (text === '') return []
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n')
}

/** Lines to text, each ended by a newline. */
export function joinLines(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('')
}
