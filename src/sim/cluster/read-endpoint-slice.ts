/** EndpointSlices (discovery.k8s.io/v1, 1.32). */
import { listAt, numberAt, textAt, textsAt, valueAt } from '../manifest/json-fields.ts'
import type { JsonValue } from '../manifest/manifest.ts'
import type { ObjectRef } from './object-ref.ts'
import type { ApiObject, Endpoint, EndpointSlice } from './objects.ts'
import { readAddresses, readMeta, readProtocol } from './read-meta.ts'
import { remembered } from './remembered.ts'

/** The label that names an EndpointSlice's Service. */
export const SERVICE_NAME_LABEL = 'kubernetes.io/service-name'

/** An EndpointSlice with the defaults of its conditions filled in. */
export const readEndpointSlice: (object: ApiObject) => EndpointSlice = remembered((object) => {
  const meta = readMeta(object)
  const serviceName = meta.labels[SERVICE_NAME_LABEL]
  const addressType = textAt(object.body, 'addressType')
  return {
    addressType: addressType === 'IPv6' || addressType === 'FQDN' ? addressType : 'IPv4',
    endpoints: listAt(object.body, 'endpoints').map((endpoint) =>
      readEndpoint(endpoint, object.ref.namespace),
    ),
    ports: listAt(object.body, 'ports').map(readPort),
    ...meta,
    ...(serviceName === undefined ? {} : { serviceName }),
  }
})

function readEndpoint(endpoint: JsonValue, namespace: string): Endpoint {
  const ready = valueAt(endpoint, 'conditions', 'ready') !== false
  const terminating = valueAt(endpoint, 'conditions', 'terminating') === true
  const hostname = textAt(endpoint, 'hostname')
  const nodeName = textAt(endpoint, 'nodeName')
  const zone = textAt(endpoint, 'zone')
  const targetRef = readTarget(valueAt(endpoint, 'targetRef'), namespace)
  return {
    addresses: readAddresses(textsAt(endpoint, 'addresses')),
    ready,
    serving: valueAt(endpoint, 'conditions', 'serving') !== false,
    terminating,
    hintZones: listAt(endpoint, 'hints', 'forZones').flatMap((hint) => textAt(hint, 'name') ?? []),
    hintNodes: listAt(endpoint, 'hints', 'forNodes').flatMap((hint) => textAt(hint, 'name') ?? []),
    ...(hostname === undefined ? {} : { hostname }),
    ...(nodeName === undefined ? {} : { nodeName }),
    ...(zone === undefined ? {} : { zone }),
    ...(targetRef === undefined ? {} : { targetRef }),
  }
}

function readTarget(value: JsonValue | undefined, namespace: string): ObjectRef | undefined {
  const [kind, name] = [textAt(value, 'kind'), textAt(value, 'name')]
  if (kind === undefined || name === undefined) return undefined
  return { kind, namespace: textAt(value, 'namespace') ?? namespace, name }
}

function readPort(port: JsonValue): EndpointSlice['ports'][number] {
  const name = textAt(port, 'name')
  const number = numberAt(port, 'port')
  const appProtocol = textAt(port, 'appProtocol')
  return {
    ...(name === undefined ? {} : { name }),
    ...(number === undefined ? {} : { port: number }),
    protocol: readProtocol(textAt(port, 'protocol')),
    ...(appProtocol === undefined ? {} : { appProtocol }),
  }
}
