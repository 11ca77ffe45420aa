import type { AppState } from './app-state.ts'
import type { Doings } from './doings.ts'
import type { Edits } from './edits.ts'
import type { Page } from './page.ts'
import { readDrafts } from './kept-work.ts'

type FilesSlice = Pick<
  AppState,
  | 'openFile'
  | 'drafts'
  | 'problems'
  | 'unkept'
  | 'revealed'
  | 'applyNote'
  | 'fileOpened'
  | 'fileAdded'
  | 'fileTyped'
  | 'draftDiscarded'
  | 'applyPressed'
  | 'fileDeleted'
  | 'patchPressed'
  | 'because'
>

/** The files: which is open, what was typed, and the ways of a text into the cluster. */
export function filesSlice(
  { storage, set, get }: Page,
  doings: Doings,
  edits: Edits,
  files: AppState['snapshot']['files'],
): FilesSlice {
  const open = (file: string) => set({ openFile: file, boardOpen: true, filesOpen: true, sheetTab: 'files' })
  return {
    openFile: firstToOpen(files),
    drafts: readDrafts(storage),
    problems: {},
    unkept: [],
    revealed: undefined,
    applyNote: undefined,
    fileOpened: open,
    fileAdded: (name) => {
      void doings.add(name, '').then(() => open(name))
    },
    fileTyped: edits.typed,
    draftDiscarded: edits.discard,
    applyPressed: (file) => void doings.apply(file),
    fileDeleted: (file) => void doings.remove(file),
    patchPressed: (file, target) => void doings.patch(file, target),
    because: (because) => {
      set({ revealed: because })
      if (because.file === undefined) return
      open(because.file)
      get().pausePressed()
    },
  }
}

/** A Service explains the most; else the first file that is not the cluster's own. */
function firstToOpen(files: AppState['snapshot']['files']): string {
  const own = files.filter((file) => !file.system)
  const service = own.find((file) => file.applied && /^kind: *Service\s*$/m.test(file.text))
  return (service ?? own[0] ?? files[0])?.name ?? ''
}
