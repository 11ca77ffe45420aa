/**
 * Gives each Gateway of ours its proxy, as GEP-1762 describes: a Deployment and a Service of type LoadBalancer named
 * `GATEWAY-CLASS`, labelled with the Gateway's name. Both go when the Gateway goes, or is no longer ours.
 */
import type { ControlLoop } from '../cluster/control-loop.ts'
import { uidIn } from '../cluster/control-loop.ts'
import type { Gateway } from '../cluster/gateway-objects.ts'
import type { ObjectRef } from '../cluster/object-ref.ts'
import { sameObject } from '../cluster/object-ref.ts'
import type { ApiObject } from '../cluster/objects.ts'
import { readGateway, readGatewayClass } from '../cluster/read-gateway.ts'
import { removeWithDependents } from '../cluster/remove-object.ts'
import { allocationsOf } from '../cluster/service-allocation.ts'
import { storeObject } from '../cluster/store-object.ts'
import { listAt, numberAt, objectAt, sameJson } from '../manifest/json-fields.ts'
import type { JsonObject } from '../manifest/manifest.ts'
import { kindsOfProtocol } from './attach-routes.ts'
import { isOurs } from './gateway-view.ts'

/** The label by which Service and Pods of a Gateway are told (GEP-1762). */
export const GATEWAY_NAME_LABEL = 'gateway.networking.k8s.io/gateway-name'
/** What the Pods of a Gateway run; nobody can pull it. */
export const GATEWAY_IMAGE = 'podpath.dev/gateway:v1'

/** Makes, changes and removes Deployments and Services of Gateways. */
export function provisionGateways(loop: ControlLoop): void {
  const classes = loop.store.ofKind('GatewayClass').map(readGatewayClass)
  for (const object of loop.store.ofKind('Gateway')) {
    const gateway = readGateway(object)
    const wanted = isOurs(gateway, classes) ? madeFor(gateway) : []
    const made = loop.store
      .ownedBy(object.ref)
      .filter(({ ref }) => ref.kind === 'Deployment' || ref.kind === 'Service')
    for (const { ref } of made)
      if (!wanted.some((each) => sameObject(each.ref, ref))) removeWithDependents(loop.store, ref)
    for (const each of wanted) provide(loop, object, each)
  }
}

interface Wanted {
  readonly ref: ObjectRef
  readonly apiVersion: string
  readonly metadata: JsonObject
  readonly spec: JsonObject
}

function madeFor(gateway: Gateway): readonly Wanted[] {
  const ports = [
    ...new Set(
      gateway.listeners
        .filter(({ protocol }) => kindsOfProtocol(protocol).length > 0)
        .map(({ port }) => port),
    ),
  ]
  // A Service must have a port; with parameters that nobody knows nothing is made either.
  if (ports.length === 0 || gateway.infrastructure.parametersRef !== undefined) return []
  const { namespace, name } = gateway.ref
  const made = `${name}-${gateway.gatewayClassName}`
  const labels = { ...gateway.infrastructure.labels, [GATEWAY_NAME_LABEL]: name }
  const { annotations } = gateway.infrastructure
  const metadata = { labels, ...(Object.keys(annotations).length === 0 ? {} : { annotations }) }
  const selector = { [GATEWAY_NAME_LABEL]: name }
  return [
    {
      ref: { kind: 'Deployment', namespace, name: made },
      apiVersion: 'apps/v1',
      metadata,
      spec: {
        selector: { matchLabels: selector },
        template: {
          metadata,
          spec: {
            containers: [
              {
                name: 'gateway',
                image: GATEWAY_IMAGE,
                ports: ports.map((port) => ({ containerPort: port, protocol: 'TCP' })),
              },
            ],
          },
        },
      },
    },
    {
      ref: { kind: 'Service', namespace, name: made },
      apiVersion: 'v1',
      metadata,
      spec: {
        type: 'LoadBalancer',
        selector,
        ports: ports.map((port) => ({ name: `port-${port}`, port, targetPort: port, protocol: 'TCP' })),
      },
    },
  ]
}

/** An object of somebody else's with that name is left alone: the controller would report it, and so does the Gateway's status. */
function provide(loop: ControlLoop, gateway: ApiObject, wanted: Wanted): void {
  const existing = loop.store.get(wanted.ref)
  if (existing !== undefined && !(existing.owner && sameObject(existing.owner, gateway.ref))) return
  const { ref, apiVersion } = wanted
  const spec = existing === undefined ? wanted.spec : merged(ref.kind, existing, wanted.spec)
  if (existing !== undefined && sameJson(existing.body['spec'], spec)) return
  const { store, config, seed, nowMs } = loop
  const body: JsonObject = {
    ...existing?.body,
    apiVersion,
    kind: ref.kind,
    metadata: {
      ...objectAt(existing?.body, 'metadata'),
      ...wanted.metadata,
      name: ref.name,
      namespace: ref.namespace,
      ownerReferences: [ownerReference(gateway)],
    },
    spec,
  }
  storeObject(
    { store, allocations: allocationsOf(store), config, seed, nowMs },
    { ref, apiVersion, body, ...(existing === undefined ? {} : { existing }) },
  )
}

/** What the API server has given stays: node ports, addresses, a scaled number of replicas. */
function merged(kind: string, existing: ApiObject, wanted: JsonObject): JsonObject {
  const spec = objectAt(existing.body, 'spec')
  if (kind === 'Service') {
    const before = listAt(spec, 'ports')
    const ports = listAt(wanted, 'ports').map((port) => {
      const same = before.find((each) => numberAt(each, 'port') === numberAt(port, 'port'))
      return same ?? port
    })
    return { ...spec, ports }
  }
  const container = objectAt(listAt(wanted, 'template', 'spec', 'containers')[0])
  const template = objectAt(spec, 'template')
  const podSpec = objectAt(template, 'spec')
  const [first] = listAt(podSpec, 'containers')
  const containers = [{ ...objectAt(first), ports: container['ports'] ?? [] }]
  return { ...spec, template: { ...template, spec: { ...podSpec, containers } } }
}

function ownerReference(gateway: ApiObject): JsonObject {
  return {
    apiVersion: gateway.apiVersion,
    kind: 'Gateway',
    name: gateway.ref.name,
    uid: uidIn(gateway),
    controller: true,
    blockOwnerDeletion: true,
  }
}
