/** How a client outside reaches an ingress controller: the address and port at its door, and the Service that stands there. */
import type { Cluster } from '../cluster/cluster.ts'
import { controllerConfigMap, controllerFlags } from '../cluster/ingress-controller-pod.ts'
import type { Endpoint, Ingress, Pod, Service } from '../cluster/objects.ts'
import { slicesOfService } from '../cluster/slices-of-service.ts'
import { sameObject } from '../cluster/object-ref.ts'
import { readControllerSettings } from '../ingress/controller-settings.ts'
import { takesIngress } from '../ingress/takes-ingress.ts'
import type { IpAddress } from '../network/address.ts'
import { isIngressController } from '../trace/subjects.ts'

/** `service` is absent where the controller's Pod is on its node's own network and listens there. */
export interface ControllerDoor {
  readonly address: IpAddress
  readonly port: number
  readonly service?: Service
}

/** The controllers that take the Ingress, ready ones first. */
export function controllersOf(cluster: Cluster, ingress: Ingress): readonly Pod[] {
  return cluster.pods
    .filter(isIngressController)
    .filter(
      (pod) =>
        takesIngress(
          ingress,
          cluster.ingressClasses,
          readControllerSettings(controllerFlags(pod), controllerConfigMap(pod, cluster.configMaps)),
          cluster.namespaces,
        ).taken,
    )
    .toSorted((a, b) => Number(b.ready) - Number(a.ready))
}

/**
 * The doors for a scheme, those first that a production cluster has: a load balancer's address, the VIP's node port, a node's node port, the node's
 * own port of a controller on its network.
 */
export function doorsOf(
  cluster: Cluster,
  controllers: readonly Pod[],
  scheme: 'http' | 'https',
): readonly ControllerDoor[] {
  const wanted = scheme === 'https' ? 443 : 80
  const ofServices = cluster.services.flatMap((service) => {
    const port = service.ports.find((each) => leadsTo(cluster, service, each.name, controllers, wanted))
    if (port === undefined) return []
    const balanced = service.loadBalancerIngress.flatMap(({ ip }) => ip ?? [])
    const nodes = controllers.flatMap(({ nodeName }) => addressOf(cluster, nodeName) ?? [])
    const byNodePort = [...cluster.vips.map(({ address }) => address), ...nodes]
    return [
      ...balanced.map((address) => ({ address, port: port.port, service })),
      ...(port.nodePort === 0
        ? []
        : byNodePort.map((address) => ({ address, port: port.nodePort, service }))),
    ]
  })
  const own = controllers
    .filter(({ hostNetwork }) => hostNetwork)
    .flatMap(({ ip }) => (ip === undefined ? [] : [{ address: ip, port: wanted }]))
  return [...ofServices, ...own]
}

/** Whether the Service's port with this name is the controller's for the scheme. */
function leadsTo(
  cluster: Cluster,
  service: Service,
  name: string,
  controllers: readonly Pod[],
  wanted: number,
): boolean {
  const isController = ({ targetRef }: Endpoint) =>
    targetRef !== undefined && controllers.some(({ ref }) => sameObject(ref, targetRef))
  return slicesOfService(cluster, service.ref).some(
    ({ endpoints, ports }) =>
      endpoints.some(isController) &&
      ports.some((each) => (each.name ?? '') === name && each.port === wanted && each.protocol === 'TCP'),
  )
}

function addressOf({ nodes }: Cluster, name: string | undefined): IpAddress | undefined {
  return nodes.find(({ ref }) => ref.name === name)?.addresses[0]
}
