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
    request: requestFrom(snapshot),
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

/** What a first visitor finds filled in: the first application Pod asks the first application Service that has a port for HTTP. */
function requestFrom(snapshot: Snapshot): RequestDraft {
  const service = snapshot.services.find(
    (view) => view.role === 'app' && view.ports.some(({ port }) => port === 80),
  )
  const inPod = snapshot.vantages.filter(
    (vantage) => vantage.kind === 'pod' && vantage.namespace === 'default',
  )
  const from =
    inPod.find((vantage) => !isEndpoint(snapshot, vantage.name)) ?? inPod[0] ?? snapshot.vantages[0]
  return {
    from: from?.id ?? '',
    url: service === undefined ? '' : `http://${service.ref.name}/`,
    method: 'GET',
    headersText: '',
    body: '',
    sni: '',
    seed: OPENING_SEED,
  }
}

function isEndpoint(snapshot: Snapshot, pod: string): boolean {
  return snapshot.pods.some((view) => view.ref.name === pod && view.services.length > 0)
}

function withUrl(history: readonly string[], url: string): readonly string[] {
  return [url, ...history.filter((earlier) => earlier !== url)].slice(0, HISTORY)
}
