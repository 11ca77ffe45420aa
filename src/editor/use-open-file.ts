import { useApp } from '../app/use-app.ts'
import type { FileView } from '../sim/snapshot.ts'
import { fileStateOf, problemsOf, type FileState } from './file-state.ts'

interface OpenFile {
  readonly view: FileView
  readonly state: FileState
  readonly isTyped: boolean
}

/** The open file and how it stands; undefined where no file is open. */
export function useOpenFile(): OpenFile | undefined {
  const view = useApp((state) => state.snapshot.files.find((file) => file.name === state.openFile))
  const draft = useApp((state) => state.drafts[state.openFile])
  const typed = useApp((state) => state.problems)
  const applied = useApp((state) => state.snapshot.diagnostics)
  if (view === undefined) return undefined
  const state = fileStateOf(view, draft, problemsOf(view.name, typed, applied))
  return { view, state, isTyped: draft !== undefined && draft !== view.text }
}
