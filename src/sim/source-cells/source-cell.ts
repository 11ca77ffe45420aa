/**
 * One cell of "Who does the Pod think I am?": a Service asked from a vantage, under a traffic policy, in a mode of kube-proxy. The request is
 * sent through that variant of the cluster, whose kernels have seen nothing yet; what the cell says is read from its trace.
 */
import type { Millis } from '../clock.ts'
import type { Cluster, ProxyMode } from '../cluster/cluster.ts'
import { sameObject, type ObjectRef } from '../cluster/object-ref.ts'
import type { Service } from '../cluster/objects.ts'
import { phrase, type Phrase } from '../phrase.ts'
import type { TraceRequest } from '../trace/request.ts'
import { sendRequest } from '../trace/send-request.ts'
import type { Trace, Verdict } from '../trace/trace.ts'
import { ingressRequests } from './ingress-requests.ts'
import { policyFieldOf, type SourceVantage, type TrafficPolicy } from './source-vantages.ts'
import { requestsFrom, type NoSource, type SourceRequests } from './source-requests.ts'
import { varyCluster } from './vary-cluster.ts'
import { whatDecided, type Decided } from './what-decided.ts'
import { whatWasSeen, type Peer, type Seen } from './what-was-seen.ts'

export interface SourceQuestion {
  readonly service: ObjectRef
  readonly vantage: SourceVantage
  readonly policy: TrafficPolicy
  readonly mode: ProxyMode
}

export type SourceCell =
  /** No such request can be sent in this cluster. */
  | { readonly kind: 'none'; readonly reason: Phrase }
  | {
      readonly kind: 'sent'
      readonly request: TraceRequest
      /** The Service whose policy counts: the one asked for, or the controller's; absent where none stands at the door. */
      readonly policyOf?: ObjectRef
      readonly verdict: Verdict
      /** `one-way`: the Pod saw the client, who heard nothing. */
      readonly reached: 'yes' | 'one-way' | 'no'
      readonly endpoint?: { readonly pod: ObjectRef; readonly node: string }
      /** Whom the Pod saw. */
      readonly seen?: Peer
      /** Through an Ingress: whom the controller saw, and what it told the Pod. */
      readonly controllerSaw?: Peer
      readonly forwardedFor?: string
      /** Of the leg that the client opened. */
      readonly decided?: Decided
    }

/** How often chance is asked until the endpoint is where the vantage wants it: so many seeds of one client, then of the next, and around again. */
const MOST_TRIES = 240
const SEEDS_AT_ONCE = 12

/** Answers a question on a cluster, which stays as it is. The same arguments give the same cell, and the request in it the same trace. */
export function sourceCell(cluster: Cluster, nowMs: Millis, question: SourceQuestion): SourceCell {
  const { vantage, policy, mode } = question
  const service = cluster.services.find(({ ref }) => sameObject(ref, question.service))
  if (service === undefined) return none('no-cluster-ip')
  const field = policyFieldOf(vantage)
  const counts = policyOf(cluster, service, vantage)
  const variant = varyCluster(cluster, { mode, field, policy, ...(counts && { service: counts.ref }) })
  if (variant === undefined) return none(field === 'externalTrafficPolicy' ? 'no-node-port' : 'no-cluster-ip')
  const varied = variant.services.find(({ ref }) => sameObject(ref, service.ref)) ?? service
  const requests =
    vantage === 'ingress' ? ingressRequests(variant, varied).requests : requestsFrom(variant, varied, vantage)
  if (requests.kind === 'none') return none(requests.because)
  const sent = firstThatFits(variant, nowMs, requests, vantage === 'ingress')
  if (sent === undefined) return { kind: 'none', reason: phrase('source.not-drawn', { tries: MOST_TRIES }) }
  const { trace, seen } = sent
  const { peer, endpoint, controllerSaw, forwardedFor } = seen
  const arrived = vantage === 'ingress' ? controllerSaw !== undefined : peer !== undefined
  const decided = whatDecided(variant, trace, arrived)
  return {
    kind: 'sent',
    request: trace.request,
    ...(counts && { policyOf: counts.ref }),
    verdict: trace.verdict,
    reached: reachedBy(trace, seen),
    ...(endpoint && { endpoint: { pod: endpoint.ref, node: endpoint.nodeName ?? '' } }),
    ...(peer && { seen: peer }),
    ...(controllerSaw && { controllerSaw }),
    ...(forwardedFor !== undefined && { forwardedFor }),
    ...(decided && { decided }),
  }
}

/** Through an Ingress the Service at the controller's door decides; without a policy of its own a Service has none to set. */
function policyOf(cluster: Cluster, service: Service, vantage: SourceVantage): Service | undefined {
  const counts = vantage === 'ingress' ? ingressRequests(cluster, service).door : service
  if (policyFieldOf(vantage) === 'internalTrafficPolicy') return counts
  const isExternal = counts !== undefined && (counts.type === 'NodePort' || counts.type === 'LoadBalancer')
  return isExternal || (counts?.externalIps.length ?? 0) > 0 ? counts : undefined
}

function firstThatFits(
  cluster: Cluster,
  nowMs: Millis,
  { from, url, headers, sni, fits }: Extract<SourceRequests, { kind: 'requests' }>,
  byIngress: boolean,
): { readonly trace: Trace; readonly seen: Seen } | undefined {
  for (let tried = 0; tried < MOST_TRIES; tried++) {
    const turn = Math.floor(tried / SEEDS_AT_ONCE)
    const client = from[turn % from.length]
    if (client === undefined) return undefined
    const seed = Math.floor(turn / from.length) * SEEDS_AT_ONCE + (tried % SEEDS_AT_ONCE) + 1
    const request: TraceRequest = {
      from: client,
      url,
      method: 'GET',
      headers,
      seed,
      ...(sni !== undefined && { sni }),
    }
    const { trace } = sendRequest({ cluster, kernels: {}, rations: {}, nowMs }, request)
    const seen = whatWasSeen(cluster, trace, byIngress)
    if (fits(client, seen.endpoint)) return { trace, seen }
  }
  return undefined
}

function reachedBy(trace: Trace, { peer }: Seen): 'yes' | 'one-way' | 'no' {
  if (peer === undefined) return 'no'
  const { kind } = trace.result
  return kind === 'http' || kind === 'connected' || kind === 'delivered' ? 'yes' : 'one-way'
}

function none(because: NoSource): SourceCell {
  return { kind: 'none', reason: phrase(`source.${because}`) }
}
