import type { AppState } from './app-state.ts'
import type { Edits } from './edits.ts'
import type { Page } from './page.ts'
import { textOf } from './selectors.ts'

type ModeSlice = Pick<AppState, 'modeProblem' | 'modeChosen' | 'modeProblemSeen'>

/** kube-proxy's mode: one word in a file, typed here for the person and applied as whatever is typed. */
export function modeSlice({ lab, get, set, ask }: Page, edits: Edits): ModeSlice {
  return {
    modeProblem: undefined,
    modeProblemSeen: () => set({ modeProblem: undefined }),
    modeChosen: async (mode) => {
      set({ modeProblem: undefined })
      await edits.settle()
      const standing = get().snapshot.files.filter(({ applied, patchOf }) => applied && patchOf === undefined)
      const texts = standing.map(({ name }) => ({ file: name, text: textOf(get(), name) }))
      const change = await ask(lab.changeMode(texts, mode))
      if (change === undefined || change.kind === 'unchanged') return
      if (change.kind !== 'edit') {
        set({ modeProblem: change })
        return
      }
      edits.typed(change.file, change.text)
      await edits.settle()
      const problem = get().problems[change.file]?.find(({ severity }) => severity === 'error')
      if (problem !== undefined) set({ modeProblem: { kind: 'broken', problem } })
    },
  }
}
