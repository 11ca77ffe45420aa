/** cert-manager's kinds as its CRDs list them (deploy/crds, v1.17). */
import { crdKind, statusOf } from './crd-kind.ts'
import type { ResourceKind } from './resource-kind.ts'
import { listAt, objectAt, textAt } from './wire-fields.ts'
import type { JsonObject } from '../../sim/manifest/manifest.ts'

const group = 'cert-manager.io'

const ready = ['Ready', (body: JsonObject) => statusOf(body, 'Ready')] as const
const status = ['Status', messageOf, 'wide'] as const

/** Known once an object of them is there, as if the CRDs had come with it. */
export const certManagerKinds: readonly ResourceKind[] = [
  crdKind({ group, kind: 'Certificate', plural: 'certificates', short: ['cert', 'certs'] }, [
    ready,
    ['Secret', (body) => textAt(objectAt(body, 'spec'), 'secretName') ?? ''],
    ['Issuer', (body) => textAt(objectAt(objectAt(body, 'spec'), 'issuerRef'), 'name') ?? '', 'wide'],
    status,
  ]),
  crdKind({ group, kind: 'Issuer', plural: 'issuers' }, [ready, status]),
  crdKind({ group, kind: 'ClusterIssuer', plural: 'clusterissuers', clusterScoped: true }, [ready, status]),
]

/** `.status.conditions[?(@.type=="Ready")].message` */
function messageOf(body: JsonObject): string {
  const found = listAt(objectAt(body, 'status'), 'conditions').find((each) => each['type'] === 'Ready')
  return found === undefined ? '' : (textAt(found, 'message') ?? '')
}
