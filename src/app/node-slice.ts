import type { AppState } from './app-state.ts'
import type { Edits } from './edits.ts'
import type { Page } from './page.ts'
import { standingTexts, typeChange } from './type-change.ts'

type NodeSlice = Pick<AppState, 'nodeProblem' | 'nodeCutOff' | 'nodeProblemSeen'>

/** A machine that fails, and comes back: its condition Ready, typed into the file that holds the node. */
export function nodeSlice(page: Page, edits: Edits): NodeSlice {
  const { lab, set, ask } = page
  return {
    nodeProblem: undefined,
    nodeProblemSeen: () => set({ nodeProblem: undefined }),
    nodeCutOff: async (node, isCut) => {
      set({ nodeProblem: undefined })
      await edits.settle()
      const change = await ask(lab.changeNode(standingTexts(page), node, isCut ? 'Unknown' : 'True'))
      if (change === undefined) return
      const problem = await typeChange(page, edits, change)
      if (problem !== undefined) set({ nodeProblem: { node, change: problem } })
    },
  }
}
