import type { Sent } from '../lab-worker/lab-client.ts'
import type { Snapshot } from '../sim/snapshot.ts'
import type { TraceRequest } from '../sim/trace/request.ts'
import type { AppState, RequestDraft } from './app-state.ts'
import type { Doings } from './doings.ts'
import type { Edits } from './edits.ts'
import type { Page } from './page.ts'
import type { Player } from './playback-slice.ts'
import { isStale } from './picture-age.ts'
import { readRequest } from './read-request.ts'

type RequestSlice = Pick<
  AppState,
  | 'request'
  | 'requestProblem'
  | 'urlHistory'
  | 'tracedRevision'
  | 'tracedSnapshot'
  | 'sendPressed'
  | 'requestEdited'
  | 'seedRerolled'
  | 'podDeleted'
>

interface RequestParts {
  readonly page: Page
  readonly player: Player
  readonly edits: Edits
  readonly doings: Doings
}

/** In the scenario that ships, its draw passes several endpoints before one wins: a first visitor sees the chain at work. */
const OPENING_SEED = 6
/** URLs remembered. */
const HISTORY = 20

/** The request bar, Send, and the Pod that is deleted while a request is on its way. */
export function requestSlice(
  { page, player, edits, doings }: RequestParts,
  snapshot: Snapshot,
): RequestSlice {
  const { lab, get, set, ask } = page
  // Of two requests on their way to the lab only the later one is shown.
  let latest = 0

  const show = async (send: () => Promise<Sent>, onTraced: Player['start']) => {
    const mine = ++latest
    await edits.settle()
    const sent = await ask(send())
    if (sent === undefined || mine !== latest) return
    if (sent.kind === 'failed') {
      set({ requestProblem: { kind: 'simulator-failed', detail: sent.diagnostic.message } })
      return
    }
    doings.clusterIs(sent.snapshot)
    if (sent.trace.verdict.kind === 'bad-request') {
      set({ requestProblem: { kind: 'not-a-request', phrase: sent.trace.verdict.phrase } })
      return
    }
    set({
      tracedRevision: sent.snapshot.revision,
      tracedSnapshot: sent.snapshot,
      boardOpen: true,
      selectedCard: undefined,
    })
    onTraced(sent.trace)
    set({ traceIsStale: isStale(get()) })
  }

  return {
    request: readyRequest(page, snapshot),
    requestProblem: undefined,
    urlHistory: [],
    tracedRevision: snapshot.revision,
    tracedSnapshot: undefined,
    sendPressed: () => {
      const read = readRequest(get().request)
      if (!read.ok) {
        set({ requestProblem: read.problem })
        return
      }
      set({ requestProblem: undefined, urlHistory: withUrl(get().urlHistory, read.request.url) })
      void show(() => lab.send(read.request), player.start)
    },
    requestEdited: (change) => set({ request: { ...get().request, ...change }, requestProblem: undefined }),
    // The next seed, not a random one: two people who press it as often see the same.
    seedRerolled: () => set({ request: { ...get().request, seed: get().request.seed + 1 } }),
    podDeleted: (pod) => {
      const { trace, step, picture } = get()
      if (trace === undefined || picture === 'cluster' || step >= trace.hops.length - 1) {
        void ask(lab.remove(pod)).then((acted) => acted !== undefined && doings.clusterIs(acted.snapshot))
        return
      }
      const disturbed: TraceRequest = {
        ...trace.request,
        interruptions: [...(trace.request.interruptions ?? []), { beforeHop: step + 1, deletePod: pod }],
      }
      get().pausePressed()
      void show(() => lab.resend(disturbed), player.goOnWith)
    },
  }
}

/** The request that the scenario has ready; an empty one where nobody knows the scenario. */
function readyRequest({ scenarios }: Page, snapshot: Snapshot): RequestDraft {
  const ready = scenarios.cards.find((card) => card.id === snapshot.scenario)?.request
  return {
    from: ready?.from ?? snapshot.vantages[0]?.id ?? '',
    url: ready?.url ?? '',
    method: ready?.method ?? 'GET',
    headersText: (ready?.headers ?? []).map(([name, value]) => `${name}: ${value}`).join('\n'),
    body: '',
    sni: '',
    seed: OPENING_SEED,
    faults: [],
  }
}

function withUrl(history: readonly string[], url: string): readonly string[] {
  return [url, ...history.filter((earlier) => earlier !== url)].slice(0, HISTORY)
}
