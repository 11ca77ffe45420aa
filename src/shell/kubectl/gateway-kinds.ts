/** The Gateway API's kinds as their CRDs list them: names and printer columns (config/crd/standard, v1.6). */
import type { JsonObject, JsonValue } from '../../sim/manifest/manifest.ts'
import { crdKind, statusOf } from './crd-kind.ts'
import type { ResourceKind } from './resource-kind.ts'
import { listAt, objectAt, textAt } from './wire-fields.ts'

const group = 'gateway.networking.k8s.io'

/** Known once an object of them is there, as if the CRDs had come with it. */
export const gatewayKinds: readonly ResourceKind[] = [
  crdKind(
    { group, kind: 'GatewayClass', plural: 'gatewayclasses', short: ['gc'], clusterScoped: true },
    [
      ['Controller', (body) => textAt(objectAt(body, 'spec'), 'controllerName') ?? ''],
      ['Accepted', (body) => statusOf(body, 'Accepted')],
    ],
    [['Description', (body) => textAt(objectAt(body, 'spec'), 'description') ?? '', 'wide']],
  ),
  crdKind({ group, kind: 'Gateway', plural: 'gateways', short: ['gtw'] }, [
    ['Class', (body) => textAt(objectAt(body, 'spec'), 'gatewayClassName') ?? ''],
    ['Address', addressOf],
    ['Programmed', (body) => statusOf(body, 'Programmed')],
  ]),
  crdKind({ group, kind: 'HTTPRoute', plural: 'httproutes' }, [
    ['Hostnames', (body) => printList(objectAt(body, 'spec')['hostnames'])],
  ]),
  crdKind({ group, kind: 'ReferenceGrant', plural: 'referencegrants', short: ['refgrant'] }, []),
]

/** `.status.addresses[*].value`, of which the server prints the first alone. */
function addressOf(body: JsonObject): string {
  const [first] = listAt(objectAt(body, 'status'), 'addresses')
  return first === undefined ? '' : (textAt(first, 'value') ?? '')
}

/** A list in a column is printed as JSON. */
function printList(value: JsonValue | undefined): string {
  return value === undefined ? '' : JSON.stringify(value)
}
