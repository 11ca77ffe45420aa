/** The files behind `-f`: a file, a directory's manifests in the order of their names, standard input (`-`). */
import type { ParsedFile } from '../../sim/manifest/manifest.ts'
import { absolutePath, editorName, isDirectory, listPaths, readText } from '../files.ts'
import type { Invocation } from '../program.ts'

/** A file that was read. `path` is as messages name it; `text` is what it holds. */
export interface ManifestFile {
  readonly path: string
  readonly text: string
  readonly parsed: ParsedFile
}

export type ReadManifests =
  | { readonly ok: true; readonly files: readonly ManifestFile[] }
  | { readonly ok: false; readonly message: string }

/** Reads all of some `-f` values; the first that is not there ends it. */
export function readManifests(call: Invocation, names: readonly string[]): ReadManifests {
  const files: ManifestFile[] = []
  for (const name of names) {
    if (name === '-') {
      files.push(readManifest(call, 'STDIN', 'STDIN', call.stdin ?? ''))
      continue
    }
    const path = absolutePath(call, name)
    const text = readText(call, path)
    if (text !== undefined) {
      files.push(readManifest(call, name, path, text))
      continue
    }
    if (!isDirectory(call, path)) return { ok: false, message: `error: the path "${name}" does not exist` }
    const inside = listPaths(call).filter((each) => isManifestIn(each, path))
    if (inside.length === 0) {
      return {
        ok: false,
        message: `error: error reading [${name}]: recognized file extensions are [.json .yaml .yml]`,
      }
    }
    files.push(...inside.map((each) => readManifest(call, each, each, readText(call, each) ?? '')))
  }
  return { ok: true, files }
}

function isManifestIn(path: string, directory: string): boolean {
  const rest = path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : ''
  return rest !== '' && !rest.includes('/') && /\.(json|ya?ml)$/.test(rest)
}

function readManifest(call: Invocation, shown: string, path: string, text: string): ManifestFile {
  return { path: shown, text, parsed: call.parseFile(editorName(path), text) }
}
