/** What stands behind the stage card that a person chose. */
import { objectKey, type ObjectRef } from '../sim/cluster/object-ref.ts'
import type {
  GatewayCardView,
  IngressView,
  NodeView,
  PodView,
  RouteCardView,
  ServiceView,
  Snapshot,
} from '../sim/snapshot.ts'

export type SelectedObject =
  | { readonly kind: 'pod'; readonly pod: PodView }
  | { readonly kind: 'service'; readonly service: ServiceView }
  | { readonly kind: 'ingress'; readonly ingress: IngressView }
  | { readonly kind: 'gateway'; readonly gateway: GatewayCardView }
  | { readonly kind: 'route'; readonly route: RouteCardView }
  | { readonly kind: 'node'; readonly node: NodeView; readonly pods: readonly PodView[] }

/**
 * The object of a card: its key, `Node//host01` for a node's frame, `node-port/NAMESPACE/NAME@NODE` for a Service entered by its
 * node port. Undefined where the card stands for no object (a client, a name), and for an object that is gone.
 */
export function selectedObject(snapshot: Snapshot, card: string | undefined): SelectedObject | undefined {
  if (card === undefined) return undefined
  const key = card.replace(/^node-port\/(.*)@.*$/, 'Service/$1')
  const isIt = (view: { readonly ref: ObjectRef }) => objectKey(view.ref) === key
  const pod = snapshot.pods.find(isIt)
  if (pod !== undefined) return { kind: 'pod', pod }
  const service = snapshot.services.find(isIt)
  if (service !== undefined) return { kind: 'service', service }
  const ingress = snapshot.ingresses.find(isIt)
  if (ingress !== undefined) return { kind: 'ingress', ingress }
  const gateway = snapshot.gateways.find(isIt)
  if (gateway !== undefined) return { kind: 'gateway', gateway }
  const route = snapshot.routes.find(isIt)
  if (route !== undefined) return { kind: 'route', route }
  const node = snapshot.nodes.find(
    (view) => objectKey({ kind: 'Node', namespace: '', name: view.name }) === card,
  )
  if (node === undefined) return undefined
  return { kind: 'node', node, pods: snapshot.pods.filter((view) => view.node === node.name) }
}
