/** The annotation in which `kubectl apply` keeps what it was last given. */
import { objectAt, textAt } from '../manifest/json-fields.ts'
import type { JsonObject, JsonValue } from '../manifest/manifest.ts'
import { sortedJson } from './object-identity.ts'
import type { ObjectRef } from './object-ref.ts'

/** Its name. `kubectl describe` never shows it. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** The object with the annotation that holds it: compact JSON with sorted keys and a newline at the end, as kubectl writes it. */
export function withLastApplied(body: JsonObject, ref: ObjectRef): JsonObject {
  const metadata = objectAt(body, 'metadata')
  const given = Object.entries(objectAt(metadata, 'annotations')).filter(([key]) => key !== LAST_APPLIED)
  const annotations = Object.fromEntries(given)
  const scope = ref.namespace === '' ? {} : { namespace: ref.namespace }
  const bare = { ...body, metadata: { ...metadata, annotations, name: ref.name, ...scope } }
  return {
    ...body,
    metadata: { ...metadata, annotations: { ...annotations, [LAST_APPLIED]: `${sortedJson(bare)}\n` } },
  }
}

/** What was last applied; `{}` where apply did not make the object. Its own annotation counts as given, so that it never vanishes. */
export function lastApplied(body: JsonObject): JsonObject {
  const text = textAt(body, 'metadata', 'annotations', LAST_APPLIED)
  if (text === undefined) return {}
  const value = parseJson(text)
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? objectAt(value) : {}
}

/** The annotation may come from a paste, where anything can stand. */
function parseJson(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return null
  }
}
