/** Where a document goes that wget has: to standard output, or into a file. */
import { absolutePath, isDirectory, writeText } from '../files.ts'
import { out, type Chunk, type Invocation } from '../program.ts'
import type { ShellSession } from '../session.ts'
import { fileNameOf, type WgetOptions } from './wget-options.ts'

/** `name` as messages say it: `-` is standard output. `failed`: the directory is not there. */
export interface Saved {
  readonly name: string
  readonly chunks: readonly Chunk[]
  readonly session: ShellSession
  readonly failed: boolean
}

/** Saves a body under `-O`, or the last part of the path. */
export function saveDocument(call: Invocation, options: WgetOptions, target: string, body: string): Saved {
  const name = options.output ?? fileNameOf(target)
  const { session } = call
  if (name === '-') return { name, chunks: [out(body)], session, failed: false }
  const path = absolutePath(call, name)
  if (!isDirectory(call, path.slice(0, path.lastIndexOf('/')) || '/')) {
    return { name, chunks: [], session, failed: true }
  }
  return { name, chunks: [], session: writeText(session, call.machine, path, body), failed: false }
}
