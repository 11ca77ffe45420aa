import type { ClusterSize, ServicesCost } from '../sim/services-cost.ts'
import type { TraceRequest } from '../sim/trace/request.ts'
import type { AppState, SizeRow } from './app-state.ts'
import type { Doings } from './doings.ts'
import type { Edits } from './edits.ts'
import type { Page } from './page.ts'
import { readRequest } from './read-request.ts'

type ClusterSizeSlice = Pick<
  AppState,
  'sizes' | 'sizeProblems' | 'clusterSizeShown' | 'clusterSizeClosed' | 'servicesChosen'
>

/** What is asked about, the small before the large, so that the first answers are there at once. */
const serviceCounts = [10, 100, 1000, 10_000, 30_000]
const modes: readonly ClusterSize['mode'][] = ['iptables', 'nftables', 'ipvs']

/** The dialog on the number of Services: what one request costs in clusters of many sizes, and this cluster's own size. */
export function clusterSizeSlice(
  { lab, get, set, ask }: Page,
  doings: Doings,
  edits: Edits,
): ClusterSizeSlice {
  // Answers for a dialog that was closed meanwhile are nobody's.
  let asking = 0

  const askAll = async (request: TraceRequest, rows: readonly SizeRow[]) => {
    const mine = ++asking
    await edits.settle()
    for (const { services } of rows)
      for (const mode of modes) {
        if (mine !== asking) return
        const cost = await ask(lab.servicesCost(request, { services, mode }))
        const { sizes } = get()
        if (cost === undefined || sizes === undefined || mine !== asking) return
        set({ sizes: { ...sizes, rows: withCost(sizes.rows, { services, mode }, cost) } })
      }
  }
  return {
    sizes: undefined,
    sizeProblems: [],
    clusterSizeShown: () => {
      const read = readRequest(get().request)
      const own = get().snapshot.services.length
      const counts = [own, ...serviceCounts.filter((count) => count > own)]
      const rows = counts.map((services): SizeRow => ({ services, costs: {} }))
      const services = own + get().snapshot.crowd
      set({ sizes: { ...(read.ok && { request: read.request }), rows, services }, sizeProblems: [] })
      if (read.ok) void askAll(read.request, rows)
    },
    clusterSizeClosed: () => {
      asking += 1
      set({ sizes: undefined })
    },
    servicesChosen: async (services) => {
      const show = (shown: number) => {
        const { sizes } = get()
        if (sizes !== undefined) set({ sizes: { ...sizes, services: shown } })
      }
      show(services)
      set({ sizeProblems: await doings.crowd(Math.max(0, services - get().snapshot.services.length)) })
      show(get().snapshot.services.length + get().snapshot.crowd)
    },
  }
}

function withCost(rows: readonly SizeRow[], { services, mode }: ClusterSize, cost: ServicesCost) {
  return rows.map((row) =>
    row.services === services ? { ...row, costs: { ...row.costs, [mode]: cost } } : row,
  )
}
