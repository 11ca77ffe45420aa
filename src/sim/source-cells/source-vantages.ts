/** From where a Service is asked, and which of its traffic policies that way heeds. */
import type { ProxyMode } from '../cluster/cluster.ts'

/**
 * In the order in which they are shown. `self`: an endpoint that draws itself. `node-port`: at a node with an endpoint; `node-port-elsewhere`:
 * at one without. `ingress`: through the controller, which asks the Pod in turn.
 */
export const sourceVantages = [
  'pod-same-node',
  'pod-other-node',
  'self',
  'node',
  'vip',
  'node-port',
  'node-port-elsewhere',
  'load-balancer',
  'ingress',
] as const

export type SourceVantage = (typeof sourceVantages)[number]

export const trafficPolicies = ['Cluster', 'Local'] as const

export type TrafficPolicy = (typeof trafficPolicies)[number]

/** What tells a cell from all others of one Service. */
export function sourceKey(cell: {
  readonly vantage: SourceVantage
  readonly policy: TrafficPolicy
  readonly mode: ProxyMode
}): string {
  return `${cell.vantage} ${cell.policy} ${cell.mode}`
}

/** The field of the Service that a way in heeds: kube-proxy asks for one or the other, never both (`kube-proxy/service-ports.ts`). */
export type PolicyField = 'internalTrafficPolicy' | 'externalTrafficPolicy'

/** The ways to a ClusterIP heed the internal policy, those from outside the external one. */
export function policyFieldOf(vantage: SourceVantage): PolicyField {
  switch (vantage) {
    case 'pod-same-node':
    case 'pod-other-node':
    case 'self':
    case 'node':
      return 'internalTrafficPolicy'
    case 'vip':
    case 'node-port':
    case 'node-port-elsewhere':
    case 'load-balancer':
    case 'ingress':
      return 'externalTrafficPolicy'
  }
}
