import type { AppState, RequestDraft } from './app-state.ts'
import type { Edits } from './edits.ts'
import type { Page } from './page.ts'
import { readRequest } from './read-request.ts'

type CompareSlice = Pick<AppState, 'comparison' | 'modesCompared' | 'comparisonClosed' | 'outcomePlayed'>

/** One request in the three modes of kube-proxy, beside each other; the bar keeps its own until an outcome is played. */
export function compareSlice({ lab, get, set, ask }: Page, edits: Edits): CompareSlice {
  let latest = 0
  return {
    comparison: undefined,
    comparisonClosed: () => set({ comparison: undefined }),
    modesCompared: async (change = {}) => {
      const mine = ++latest
      const request: RequestDraft = { ...get().request, ...change }
      const read = readRequest(request)
      if (!read.ok) {
        set({ comparison: { request, answer: { kind: 'problem', problem: read.problem } } })
        return
      }
      set({ comparison: { request, answer: undefined } })
      await edits.settle()
      const compared = await ask(lab.compareModes(read.request))
      if (compared === undefined || mine !== latest || get().comparison === undefined) return
      if (compared.kind === 'failed') {
        const problem = { kind: 'simulator-failed', detail: compared.diagnostic.message } as const
        set({ comparison: { request, answer: { kind: 'problem', problem } } })
        return
      }
      const refused = compared.outcomes.find(({ verdict }) => verdict.kind === 'bad-request')
      const answer =
        refused === undefined
          ? compared
          : ({ kind: 'problem', problem: { kind: 'not-a-request', phrase: refused.verdict.phrase } } as const)
      set({ comparison: { request, answer } })
    },
    outcomePlayed: async (mode) => {
      const request = get().comparison?.request
      if (request === undefined) return
      set({ comparison: undefined, request, requestProblem: undefined })
      await get().modeChosen(mode)
      if (get().modeProblem === undefined) get().sendPressed()
    },
  }
}
