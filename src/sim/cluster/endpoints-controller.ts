/**
 * Models the Endpoints controller (pkg/controller/endpoint) and the EndpointSlice mirroring controller (endpointslicemirroring), at
 * rest, 1.32: an Endpoints object for every Service with a selector, and a slice for every Endpoints object that somebody wrote.
 * kube-apiserver itself writes both for its own Service, `default/kubernetes`.
 */
import { isObject, listAt, objectAt, textAt, textMapAt } from '../manifest/json-fields.ts'
import type { JsonObject, JsonValue } from '../manifest/manifest.ts'
import { create, streamOf, update } from './control-loop.ts'
import type { ControlLoop } from './control-loop.ts'
import { MANAGED_BY_LABEL } from './endpoint-slice-controller.ts'
import { groupBy } from './group-by.ts'
import { generateName } from './object-identity.ts'
import type { ApiObject } from './objects.ts'
import { SERVICE_NAME_LABEL } from './read-endpoint-slice.ts'
import { readService } from './read-service.ts'

const MIRRORING_CONTROLLER = 'endpointslicemirroring-controller.k8s.io'

/** Writes Endpoints from slices and, for hand-made Endpoints of a Service without selector, slices from Endpoints. */
export function syncEndpoints(loop: ControlLoop): void {
  const slices = groupBy(loop.store.ofKind('EndpointSlice'), (slice) => {
    const name = textAt(slice.body, 'metadata', 'labels', SERVICE_NAME_LABEL) ?? ''
    return `${slice.ref.namespace}/${name}`
  })
  for (const service of loop.store.ofKind('Service')) {
    const own = slices.get(`${service.ref.namespace}/${service.ref.name}`) ?? []
    if (isDerived(service)) writeEndpoints(loop, service, own)
    else mirror(loop, service, own)
  }
}

function isDerived(service: ApiObject): boolean {
  const { selector, type, ref } = readService(service)
  const isApiServer = ref.namespace === 'default' && ref.name === 'kubernetes'
  return type !== 'ExternalName' && (isApiServer || Object.keys(selector).length > 0)
}

function writeEndpoints(loop: ControlLoop, service: ApiObject, slices: readonly ApiObject[]): void {
  const ref = { kind: 'Endpoints', namespace: service.ref.namespace, name: service.ref.name }
  // Endpoints has room for one family, the Service's first.
  const [family] = readService(service).ipFamilies
  const subsets = slices
    .filter(({ body }) => family === undefined || textAt(body, 'addressType') === family)
    .flatMap(subsetOf)
  const existing = loop.store.get(ref)
  if (existing !== undefined) {
    update(loop, existing, { subsets })
    return
  }
  const made = create(loop, {
    ref,
    apiVersion: 'v1',
    metadata: { labels: textMapAt(service.body, 'metadata', 'labels') },
    rest: { subsets },
  })
  loop.store.put({ ...made, owner: service.ref })
}

function subsetOf(slice: ApiObject): readonly JsonObject[] {
  const endpoints = listAt(slice.body, 'endpoints')
  if (endpoints.length === 0) return []
  const isReady = (endpoint: JsonValue) => objectAt(endpoint, 'conditions')['ready'] !== false
  const part = (field: string, list: readonly JsonValue[]) =>
    list.length === 0 ? {} : { [field]: list.flatMap(addressesOf) }
  return [
    {
      ...part('addresses', endpoints.filter(isReady)),
      ...part(
        'notReadyAddresses',
        endpoints.filter((endpoint) => !isReady(endpoint)),
      ),
      ports: listAt(slice.body, 'ports').map(withoutEmptyName),
    },
  ]
}

function withoutEmptyName(port: JsonValue): JsonValue {
  if (!isObject(port) || port['name'] !== '') return port
  return Object.fromEntries(Object.entries(port).filter(([key]) => key !== 'name'))
}

function addressesOf(endpoint: JsonValue): readonly JsonObject[] {
  const fields = objectAt(endpoint)
  const kept = ['hostname', 'nodeName', 'targetRef'].filter((name) => fields[name] !== undefined)
  const rest = Object.fromEntries(kept.map((name) => [name, fields[name] ?? null]))
  return listAt(endpoint, 'addresses').map((address) => ({ ip: address, ...rest }))
}

function mirror(loop: ControlLoop, service: ApiObject, slices: readonly ApiObject[]): void {
  const { namespace, name } = service.ref
  const endpoints = loop.store.get({ kind: 'Endpoints', namespace, name })
  const mirrored = slices.filter(
    (slice) => textAt(slice.body, 'metadata', 'labels', MANAGED_BY_LABEL) === MIRRORING_CONTROLLER,
  )
  const wanted = endpoints === undefined ? [] : listAt(endpoints.body, 'subsets').map(sliceOf)
  for (const [index, content] of wanted.entries()) {
    const existing = mirrored[index]
    if (existing !== undefined) update(loop, existing, content)
    else if (endpoints !== undefined) createMirror(loop, endpoints, content)
  }
  for (const slice of mirrored.slice(wanted.length)) loop.store.remove(slice.ref)
}

function sliceOf(subset: JsonValue): JsonObject {
  const endpoint = (ready: boolean) => (address: JsonValue) => {
    const nodeName = textAt(address, 'nodeName')
    return {
      addresses: [textAt(address, 'ip') ?? ''],
      conditions: { ready },
      ...(nodeName === undefined ? {} : { nodeName }),
    }
  }
  const first = textAt(listAt(subset, 'addresses')[0] ?? listAt(subset, 'notReadyAddresses')[0], 'ip') ?? ''
  return {
    addressType: first.includes(':') ? 'IPv6' : 'IPv4',
    endpoints: [
      ...listAt(subset, 'addresses').map(endpoint(true)),
      ...listAt(subset, 'notReadyAddresses').map(endpoint(false)),
    ],
    ports: listAt(subset, 'ports').map((port) => ({ name: '', protocol: 'TCP', ...objectAt(port) })),
  }
}

function createMirror(loop: ControlLoop, endpoints: ApiObject, content: JsonObject): void {
  const { namespace, name } = endpoints.ref
  const draw = streamOf(loop, `endpoint-slice-mirror/${namespace}/${name}`)
  const refOf = (candidate: string) => ({ kind: 'EndpointSlice', namespace, name: candidate })
  create(loop, {
    ref: refOf(generateName(`${name}-`, draw, (candidate) => loop.store.get(refOf(candidate)) !== undefined)),
    apiVersion: 'discovery.k8s.io/v1',
    metadata: {
      generateName: `${name}-`,
      labels: {
        ...textMapAt(endpoints.body, 'metadata', 'labels'),
        [MANAGED_BY_LABEL]: MIRRORING_CONTROLLER,
        [SERVICE_NAME_LABEL]: name,
      },
    },
    rest: content,
    owner: endpoints,
  })
}
