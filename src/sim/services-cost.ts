/** What the number of Services costs: the rules that one request's packets try, in the same cluster with so many of them. */
import type { Millis } from './clock.ts'
import type { Cluster, ProxyMode } from './cluster/cluster.ts'
import { crowdOf, withCrowd } from './cluster/crowd.ts'
import { inMode } from './cluster/in-mode.ts'
import type { Diagnostic } from './manifest/diagnostic.ts'
import type { TraceRequest } from './trace/request.ts'
import { sendRequest } from './trace/send-request.ts'
import type { PacketCost, Trace } from './trace/trace.ts'

/** A size of the cluster, and how its kube-proxies write their rules. */
export interface ClusterSize {
  /** All Services, those that somebody wrote among them. */
  readonly services: number
  readonly mode: ProxyMode
}

/** A connection's first packet and a later one of it; `later` is absent where the request sends one packet alone. */
export type ServicesCost =
  | { readonly kind: 'sent'; readonly first: PacketCost; readonly later?: PacketCost }
  | { readonly kind: 'nothing-sent' }
  /** The cluster cannot have so many: its Service range is too small. */
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] }

/** Sends the request through such a cluster, whose kernels have seen nothing yet. */
export function servicesCost(
  cluster: Cluster,
  nowMs: Millis,
  request: TraceRequest,
  { services, mode }: ClusterSize,
): ServicesCost {
  const own = cluster.services.length - crowdOf(cluster)
  const { cluster: sized, diagnostics } = withCrowd(cluster, Math.max(0, services - own), nowMs)
  if (diagnostics.some(({ severity }) => severity === 'error')) return { kind: 'refused', diagnostics }
  return costOf(sendRequest({ cluster: inMode(sized, mode), kernels: {}, rations: {}, nowMs }, request).trace)
}

function costOf({ packets, exchanges }: Trace): ServicesCost {
  const sent = packets.filter(
    ({ direction, exchange }) => direction === 'request' && exchanges[exchange]?.leg === 'client',
  )
  // The question for the name comes before, and is all there is where nothing was found.
  const asked = sent.filter(({ exchange }) => exchanges[exchange]?.kind !== 'dns')
  const [first, ...rest] = asked.length === 0 ? sent : asked
  if (first === undefined) return { kind: 'nothing-sent' }
  const later = rest.at(-1)
  return {
    kind: 'sent',
    first: first.cost,
    ...(later === undefined ? {} : { later: later.cost }),
  }
}
