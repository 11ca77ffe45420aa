/**
 * Strategic merge patches, what `kubectl patch` sends by default (k8s.io/apimachinery pkg/util/strategicpatch): null removes, lists
 * with a merge key are merged by it, `$patch: delete` and `$patch: replace` do what they say. Other directives are not modelled.
 */
import { isList, isObject, sameJson, valueAt } from '../manifest/json-fields.ts'
import type { FieldPath, JsonObject, JsonValue } from '../manifest/manifest.ts'
import { mergeKeyOf } from './merge-keys.ts'

/** The object with the patch laid over it. */
export function strategicMerge(kind: string, object: JsonObject, patch: JsonObject): JsonObject {
  return mergeObject(kind, [], object, patch)
}

function mergeObject(kind: string, path: FieldPath, object: JsonObject, patch: JsonObject): JsonObject {
  const directive = patch['$patch']
  const content = Object.fromEntries(Object.entries(patch).filter(([key]) => !key.startsWith('$')))
  if (directive === 'replace') return content
  if (directive === 'delete') return {}
  const untouched = Object.entries(object).filter(([key]) => !Object.hasOwn(content, key))
  const changed = Object.entries(content)
    .filter(([, value]) => value !== null)
    .map(([key, value]): [string, JsonValue] => [
      key,
      mergeValue(kind, [...path, key], valueAt(object, key), value),
    ])
  return Object.fromEntries([...untouched, ...changed])
}

function mergeValue(
  kind: string,
  path: FieldPath,
  current: JsonValue | undefined,
  patch: JsonValue,
): JsonValue {
  if (isObject(patch)) return mergeObject(kind, path, isObject(current) ? current : {}, patch)
  const mergeKey = mergeKeyOf(kind, path)
  if (!isList(patch) || mergeKey === undefined) return patch
  return mergeList(kind, path, mergeKey, isList(current) ? current : [], patch)
}

/** Items that the patch names, where they stood; new ones at the end. */
function mergeList(
  kind: string,
  path: FieldPath,
  mergeKey: string,
  current: readonly JsonValue[],
  patch: readonly JsonValue[],
): readonly JsonValue[] {
  if (patch.some((item) => valueAt(item, '$patch') === 'replace'))
    return patch.filter((item) => valueAt(item, '$patch') !== 'replace')
  const patchOf = (item: JsonValue) =>
    patch.findIndex((candidate) => sameJson(valueAt(candidate, mergeKey), valueAt(item, mergeKey)))
  const used = new Set<number>()
  const merged = current.flatMap((item, index) => {
    const at = patchOf(item)
    const change = patch[at]
    if (change === undefined || used.has(at)) return [item]
    used.add(at)
    return valueAt(change, '$patch') === 'delete' ? [] : [mergeValue(kind, [...path, index], item, change)]
  })
  const added = patch.filter((item, at) => !used.has(at) && valueAt(item, '$patch') !== 'delete')
  return [...merged, ...added]
}
