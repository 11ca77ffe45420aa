/** Where a command's output goes: to the terminal, to the other stream, or into a file (POSIX.1-2017 §2.7). */
import { absolutePath, isDirectory, readText, writeText } from './files.ts'
import type { Machine } from './machine.ts'
import type { Chunk } from './program.ts'
import type { Ran, Shell } from './shell.ts'
import type { Redirect, Word } from './syntax/tree.ts'

type Destination =
  | { readonly kind: 'stdout' }
  | { readonly kind: 'stderr' }
  | { readonly kind: 'file'; readonly path: string; readonly before: string }

/** Each stream's destination. */
export interface Routes {
  readonly stdout: Destination
  readonly stderr: Destination
}

type Opened =
  | { readonly ok: true; readonly routes: Routes; readonly stdin?: string }
  | { readonly ok: false; readonly message: string }

/** Opens a command's files before it runs, in the order typed: the first that cannot be opened keeps it from running. */
export function openRedirects(
  redirects: readonly Redirect[],
  shell: Shell,
  textOfWord: (word: Word) => string,
): Opened {
  let routes: Routes = { stdout: { kind: 'stdout' }, stderr: { kind: 'stderr' } }
  let stdin: string | undefined
  for (const redirect of redirects) {
    if (redirect.kind === 'join') {
      routes =
        redirect.from === 'stderr'
          ? { ...routes, stderr: routes.stdout }
          : { ...routes, stdout: routes.stderr }
      continue
    }
    const typed = textOfWord(redirect.target)
    const path = absolutePath(shell, typed)
    const text = readText(shell, path)
    if (redirect.kind === 'read') {
      if (text === undefined) return { ok: false, message: noSuchFile(shell, typed) }
      stdin = text
      continue
    }
    const directory = path.slice(0, path.lastIndexOf('/')) || '/'
    if (!isDirectory(shell, directory)) return { ok: false, message: noSuchFile(shell, typed) }
    const file: Destination = { kind: 'file', path, before: redirect.append ? (text ?? '') : '' }
    if (redirect.streams !== 'stderr') routes = { ...routes, stdout: file }
    if (redirect.streams !== 'stdout') routes = { ...routes, stderr: file }
  }
  return { ok: true, routes, ...(stdin !== undefined && { stdin }) }
}

/** Sends what was printed where it belongs, and writes the files. */
export function applyRedirects(routes: Routes, ran: Ran, machine: Machine): Ran {
  const chunks: Chunk[] = []
  const files = new Map<string, string>()
  for (const destination of [routes.stdout, routes.stderr]) {
    if (destination.kind === 'file') files.set(destination.path, destination.before)
  }
  for (const chunk of ran.chunks) {
    const destination = routes[chunk.stream]
    if (destination.kind === 'file') {
      files.set(destination.path, (files.get(destination.path) ?? '') + chunk.text)
    } else chunks.push({ ...chunk, stream: destination.kind })
  }
  let session = ran.session
  for (const [path, text] of files) session = writeText(session, machine, path, text)
  return { ...ran, chunks, session }
}

function noSuchFile(shell: Shell, path: string): string {
  if (shell.machine.shell === 'bash') return `bash: ${path}: No such file or directory\n`
  return `sh: can't open ${path}: no such file\n`
}
