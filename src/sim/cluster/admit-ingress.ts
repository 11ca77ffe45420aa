/** The admission plugin DefaultIngressClass (plugin/pkg/admission/network/defaultingressclass, 1.32). */
import { objectAt, textAt } from '../manifest/json-fields.ts'
import type { JsonObject } from '../manifest/manifest.ts'
import { classAnnotation } from '../manifest/validate-ingress.ts'
import type { ObjectStore } from './object-store.ts'
import { readIngressClass } from './read-ingress.ts'

/**
 * Names the default class in an Ingress that is being created without one. Of several default classes the newest counts, of equally
 * old ones the first by name. Ingresses that exist are never changed.
 */
export function admitNewIngress(body: JsonObject, store: ObjectStore): JsonObject {
  const spec = objectAt(body, 'spec')
  const named = textAt(spec, 'ingressClassName') ?? textAt(body, 'metadata', 'annotations', classAnnotation)
  if (named !== undefined) return body
  const [chosen] = store
    .ofKind('IngressClass')
    .map(readIngressClass)
    .filter((candidate) => candidate.isDefault)
    .toSorted((a, b) => b.createdAtMs - a.createdAtMs || (a.ref.name < b.ref.name ? -1 : 1))
  return chosen === undefined ? body : { ...body, spec: { ...spec, ingressClassName: chosen.ref.name } }
}
