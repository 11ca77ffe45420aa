import { sameObject, type ObjectRef } from '../sim/cluster/object-ref.ts'
import type { SourceQuestion } from '../sim/source-cells/source-cell.ts'
import {
  policyFieldOf,
  sourceKey,
  sourceVantages,
  trafficPolicies,
} from '../sim/source-cells/source-vantages.ts'
import type { Snapshot } from '../sim/snapshot.ts'
import type { TraceRequest } from '../sim/trace/request.ts'
import type { AppState, RequestDraft, SourcesTable } from './app-state.ts'
import type { Edits } from './edits.ts'
import type { Page } from './page.ts'
import { standingTexts, typeChange } from './type-change.ts'

type SourcesSlice = Pick<AppState, 'sources' | 'sourcesShown' | 'sourcesClosed' | 'sourcePlayed'>

const MODES = ['iptables', 'nftables', 'ipvs'] as const

/** The table of whom the Pod sees: cell after cell from the lab, and the way from a cell to its trace. */
export function sourcesSlice(page: Page, edits: Edits): SourcesSlice {
  const { lab, get, set, ask } = page
  // Answers for a table that was closed meanwhile, or that is about another Service now, are nobody's.
  let asking = 0
  let last: ObjectRef | undefined

  const askAll = async (questions: readonly SourceQuestion[]) => {
    const mine = ++asking
    await edits.settle()
    for (const question of questions) {
      if (mine !== asking) return
      const answer = await ask(lab.source(question))
      const { sources } = get()
      if (answer === undefined || sources === undefined || mine !== asking) return
      if (answer.kind === 'failed') {
        const problem = { kind: 'simulator-failed', detail: answer.diagnostic.message } as const
        set({ sources: { ...sources, problem } })
        return
      }
      set({ sources: { ...sources, cells: { ...sources.cells, [sourceKey(question)]: answer.cell } } })
    }
  }
  /** Types the policy into the Service's file; whether the cluster has it now. */
  const typePolicy = async ({ vantage, policy }: SourceQuestion, object: ObjectRef) => {
    const field = policyFieldOf(vantage)
    const wanted = { object, path: ['spec', field], word: policy }
    const change = await ask(lab.changeField(standingTexts(page), wanted))
    if (change === undefined) return false
    const problem = await typeChange(page, edits, change)
    const { sources } = get()
    if (problem !== undefined && sources !== undefined)
      set({ sources: { ...sources, problem: { kind: 'field', field, change: problem } } })
    return problem === undefined
  }

  return {
    sources: undefined,
    sourcesShown: (service) => {
      const chosen = service ?? stillThere(get().snapshot, last) ?? firstServing(get().snapshot)
      if (chosen === undefined) return
      last = chosen
      const table: SourcesTable = { service: chosen, questions: questionsOf(chosen), cells: {} }
      set({ sources: table })
      void askAll(table.questions)
    },
    sourcesClosed: () => {
      asking += 1
      set({ sources: undefined })
    },
    sourcePlayed: async (question) => {
      const cell = get().sources?.cells[sourceKey(question)]
      if (cell?.kind !== 'sent') return
      asking += 1
      await get().modeChosen(question.mode)
      const isInMode = get().modeProblem === undefined
      if (isInMode && cell.policyOf !== undefined && !(await typePolicy(question, cell.policyOf))) return
      set({ sources: undefined })
      if (!isInMode) return
      // A cell is a connection through kernels that have seen nothing.
      await ask(lab.forget())
      set({ request: draftOf(cell.request), requestProblem: undefined })
      get().sendPressed()
    },
  }
}

function questionsOf(service: ObjectRef): readonly SourceQuestion[] {
  return sourceVantages.flatMap((vantage) =>
    trafficPolicies.flatMap((policy) => MODES.map((mode) => ({ service, vantage, policy, mode }))),
  )
}

function stillThere({ services }: Snapshot, ref: ObjectRef | undefined): ObjectRef | undefined {
  return services.find((service) => ref !== undefined && sameObject(service.ref, ref))?.ref
}

/** A Service of one's own with endpoints, else any. */
function firstServing({ services }: Snapshot): ObjectRef | undefined {
  const serves = services.filter(({ ports }) => ports.some(({ rows }) => rows.length > 0))
  return (serves.find(({ role }) => role === 'app') ?? serves[0] ?? services[0])?.ref
}

function draftOf({ from, url, method, headers, sni = '', seed }: TraceRequest): RequestDraft {
  const headersText = headers.map(([name, value]) => `${name}: ${value}`).join('\n')
  return { from, url, method, headersText, body: '', sni, seed, faults: [] }
}
