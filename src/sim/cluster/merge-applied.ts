/**
 * kubectl apply's three-way merge (k8s.io/apimachinery pkg/util/strategicpatch CreateThreeWayMergePatch): what the file says is set,
 * what the file said last time and no longer says is removed, everything else stays as the server has it.
 */
import { isList, isObject, sameJson, valueAt } from '../manifest/json-fields.ts'
import type { FieldPath, JsonObject, JsonValue } from '../manifest/manifest.ts'
import { mergeKeyOf } from './merge-keys.ts'

/**
 * The object as it is after the apply, defaults and admission still to come.
 * @param last what the file said when it was last applied; `{}` where it never was
 */
export function mergeApplied(kind: string, last: JsonObject, next: JsonObject, live: JsonObject): JsonObject {
  return mergeObjects(kind, [], last, next, live)
}

function mergeObjects(
  kind: string,
  path: FieldPath,
  last: JsonObject,
  next: JsonObject,
  live: JsonObject,
): JsonObject {
  const kept = Object.entries(live).filter(([key]) => Object.hasOwn(next, key) || !Object.hasOwn(last, key))
  const set = Object.entries(next).map(([key, value]): [string, JsonValue] => [
    key,
    mergeValues(kind, [...path, key], valueAt(last, key), value, valueAt(live, key)),
  ])
  const cleared = new Set(Object.keys(next).filter((key) => next[key] === null))
  return Object.fromEntries([...kept, ...set].filter(([key]) => !cleared.has(key)))
}

function mergeValues(
  kind: string,
  path: FieldPath,
  last: JsonValue | undefined,
  next: JsonValue,
  live: JsonValue | undefined,
): JsonValue {
  if (isObject(next) && isObject(live))
    return mergeObjects(kind, path, isObject(last) ? last : {}, next, live)
  const mergeKey = mergeKeyOf(kind, path)
  if (!isList(next) || !isList(live) || mergeKey === undefined) return next
  return mergeLists(kind, path, mergeKey, isList(last) ? last : [], next, live)
}

/** Items in the file's order, then those that only the server has. Items of one key are paired in their order. */
function mergeLists(
  kind: string,
  path: FieldPath,
  mergeKey: string,
  last: readonly JsonValue[],
  next: readonly JsonValue[],
  live: readonly JsonValue[],
): readonly JsonValue[] {
  const rest = [...live]
  const merged = next.map((item, index) => {
    const key = valueAt(item, mergeKey)
    const hasKey = (candidate: JsonValue) => sameJson(valueAt(candidate, mergeKey), key)
    const at = rest.findIndex(hasKey)
    const [current] = at < 0 ? [] : rest.splice(at, 1)
    return mergeValues(kind, [...path, index], last.find(hasKey), item, current)
  })
  const wasMine = (item: JsonValue) =>
    last.some((before) => sameJson(valueAt(before, mergeKey), valueAt(item, mergeKey)))
  const isListed = (item: JsonValue) =>
    next.some((other) => sameJson(valueAt(other, mergeKey), valueAt(item, mergeKey)))
  return [...merged, ...rest.filter((item) => !wasMine(item) && !isListed(item))]
}
