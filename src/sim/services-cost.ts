/** What the number of Services costs: the rules that one request's packets try, in the same cluster with so many of them. */
import { crowdOf } from './cluster/crowd.ts'
import type { KubeProxyConfig } from './cluster/cluster.ts'
import { KUBE_PROXY_CONFIGURATION } from './cluster/read-cluster-config.ts'
import { createLab, type LabState } from './lab.ts'
import type { Diagnostic } from './manifest/diagnostic.ts'
import type { TraceRequest } from './trace/request.ts'
import type { TracedPacket, Trace } from './trace/trace.ts'

/** A size of the cluster, and how its kube-proxies write their rules. */
export interface ClusterSize {
  /** All Services, those that somebody wrote among them. */
  readonly services: number
  readonly mode: KubeProxyConfig['mode']
}

/** A connection's first packet and a later one of it; `later` is absent where the request sends one packet alone. */
export type ServicesCost =
  | { readonly kind: 'sent'; readonly first: PacketCost; readonly later?: PacketCost }
  | { readonly kind: 'nothing-sent' }
  /** The cluster cannot have so many: its Service range is too small. */
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] }

/** Rules tried, by host in the order in which the packet came to them. */
export type PacketCost = TracedPacket['rulesTried']

/** Sends the request through a lab of its own; `state` stays as it is. */
export function servicesCost(state: LabState, request: TraceRequest, size: ClusterSize): ServicesCost {
  const lab = createLab(state)
  const own = state.cluster.services.length - crowdOf(state.cluster)
  const applied = [
    lab.patch(KUBE_PROXY_CONFIGURATION, { mode: size.mode }),
    lab.crowd(Math.max(0, size.services - own)),
  ]
  const diagnostics = applied.flatMap((each) => each.diagnostics)
  if (diagnostics.some(({ severity }) => severity === 'error')) return { kind: 'refused', diagnostics }
  return costOf(lab.send(request))
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
    first: first.rulesTried,
    ...(later === undefined ? {} : { later: later.rulesTried }),
  }
}
