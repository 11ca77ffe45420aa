/** The files behind `-f`: read from the disk, a directory's manifests in the order of their names. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'

/** A file's bytes as text. `name` is as given, and what diagnostics call it; `shortName` is its name in /opt. */
export interface InputFile {
  readonly name: string
  readonly shortName: string
  readonly text: string
}

export type ReadInput =
  | { readonly kind: 'file'; readonly file: InputFile }
  | { readonly kind: 'problem'; readonly name: string; readonly message: string }

/** What a directory gives: manifests and pastes. */
const extensions = /\.(json|ya?ml|ip6?tables-save|ipset-save|nft)$/

/** Reads a file or a directory; what cannot be read is a problem beside the files that can. */
export function readInput(name: string): readonly ReadInput[] {
  try {
    if (!statSync(name).isDirectory()) return [readOne(name)]
    const inside = readdirSync(name)
      .filter((each) => extensions.test(each))
      .toSorted()
    if (inside.length > 0) return inside.map((each) => readOne(join(name, each)))
    return [problem(name, 'the directory holds no .yaml, .yml or .json')]
  } catch (error) {
    return [problem(name, reason(error))]
  }
}

function readOne(name: string): ReadInput {
  try {
    const text = decode(readFileSync(name))
    return { kind: 'file', file: { name, shortName: basename(name), text } }
  } catch (error) {
    return problem(name, reason(error))
  }
}

/** UTF-8, or UTF-16 where a byte order mark says so, as kubectl reads. The mark itself is left to the parser. */
function decode(bytes: Uint8Array): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le', { ignoreBOM: true }).decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be', { ignoreBOM: true }).decode(bytes)
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}

function problem(name: string, message: string): ReadInput {
  return { kind: 'problem', name, message }
}

function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return 'no such file or directory'
  if (code === 'EACCES') return 'permission denied'
  return error instanceof Error ? error.message : 'cannot be read'
}
