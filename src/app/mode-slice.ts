import type { AppState } from './app-state.ts'
import type { Edits } from './edits.ts'
import type { Page } from './page.ts'
import { standingTexts, typeChange } from './type-change.ts'

type ModeSlice = Pick<AppState, 'modeProblem' | 'modeChosen' | 'modeProblemSeen'>

/** kube-proxy's mode: one word in a file, typed here for the person and applied as whatever is typed. */
export function modeSlice(page: Page, edits: Edits): ModeSlice {
  const { lab, set, ask } = page
  return {
    modeProblem: undefined,
    modeProblemSeen: () => set({ modeProblem: undefined }),
    modeChosen: async (mode) => {
      set({ modeProblem: undefined })
      await edits.settle()
      const change = await ask(lab.changeMode(standingTexts(page), mode))
      const problem = change && (await typeChange(page, edits, change))
      if (problem !== undefined) set({ modeProblem: problem })
    },
  }
}
