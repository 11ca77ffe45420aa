/** What a tab says about its file. */
import type { Diagnostic } from '../sim/manifest/diagnostic.ts'
import type { FileView } from '../sim/snapshot.ts'

/**
 * `applied`: the cluster holds this text. `changed`: typed, and not in the cluster. `waiting`: nothing of it is in the cluster yet.
 * `broken`: an error keeps it out of the cluster.
 */
export interface FileState {
  readonly kind: 'applied' | 'changed' | 'waiting' | 'broken'
  readonly errors: number
  readonly warnings: number
}

/** The state of one file. `draft`: the text typed, where there is one. */
export function fileStateOf(
  file: FileView,
  draft: string | undefined,
  problems: readonly Diagnostic[],
): FileState {
  const errors = problems.filter((problem) => problem.severity === 'error').length
  const warnings = problems.filter((problem) => problem.severity === 'warning').length
  const isChanged = draft !== undefined && draft !== file.text
  const atRest = file.applied ? 'applied' : 'waiting'
  const kind = errors > 0 ? 'broken' : file.applied && isChanged ? 'changed' : atRest
  return { kind, errors, warnings }
}

/** The problems of a file: of the text typed, else of the text applied. */
export function problemsOf(
  file: string,
  typed: Readonly<Record<string, readonly Diagnostic[]>>,
  applied: readonly Diagnostic[],
): readonly Diagnostic[] {
  return typed[file] ?? applied.filter((problem) => problem.file === file)
}

/** The files as their tabs stand: the cluster's own last. */
export function inTabOrder(files: readonly FileView[]): readonly FileView[] {
  return files.toSorted((a, b) => Number(a.system) - Number(b.system))
}

/** The mark on a tab. `word` takes `count`. */
export interface TabSign {
  readonly state: FileState['kind'] | 'warned'
  readonly glyph: string
  readonly word:
    | 'editor.state.applied'
    | 'editor.state.changed'
    | 'editor.state.waiting'
    | 'editor.state.broken'
    | 'editor.warnings'
  readonly count: number
}

/** The mark of a state: errors before warnings, warnings before all else that is well. */
export function tabSign({ kind, errors, warnings }: FileState): TabSign {
  if (kind === 'broken')
    return { state: kind, glyph: `✕ ${errors}`, word: 'editor.state.broken', count: errors }
  if (warnings > 0)
    return { state: 'warned', glyph: `! ${warnings}`, word: 'editor.warnings', count: warnings }
  const glyphs = { applied: '✓', changed: '●', waiting: '○' }
  return { state: kind, glyph: glyphs[kind], word: `editor.state.${kind}`, count: 0 }
}
