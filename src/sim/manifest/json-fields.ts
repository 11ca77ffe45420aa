/**
 * Reads fields of JSON that somebody else wrote: each function gives the value where it has the type asked for, else nothing.
 * Own keys only, so a key such as `constructor` or `__proto__` in a manifest is a key like any other.
 */
import type { FieldPath, JsonObject, JsonValue } from './manifest.ts'

/** Whether the value is a JSON object. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether the value is a JSON array. */
export function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value)
}

/** The value at a path, or undefined where the path ends early. */
export function valueAt(value: JsonValue | undefined, ...path: FieldPath): JsonValue | undefined {
  let current = value
  for (const part of path) {
    if (isList(current) && typeof part === 'number') current = current[part]
    else if (isObject(current) && Object.hasOwn(current, part)) current = current[part]
    else return undefined
  }
  return current
}

/** The object at a path; an empty one where there is none. */
export function objectAt(value: JsonValue | undefined, ...path: FieldPath): JsonObject {
  const found = valueAt(value, ...path)
  return isObject(found) ? found : {}
}

/** The array at a path; an empty one where there is none. */
export function listAt(value: JsonValue | undefined, ...path: FieldPath): readonly JsonValue[] {
  const found = valueAt(value, ...path)
  return isList(found) ? found : []
}

/** The strings of the array at a path. */
export function textsAt(value: JsonValue | undefined, ...path: FieldPath): readonly string[] {
  return listAt(value, ...path).filter((item) => typeof item === 'string')
}

/** The string at a path, `''` included. */
export function textAt(value: JsonValue | undefined, ...path: FieldPath): string | undefined {
  const found = valueAt(value, ...path)
  return typeof found === 'string' ? found : undefined
}

/** The number at a path. */
export function numberAt(value: JsonValue | undefined, ...path: FieldPath): number | undefined {
  const found = valueAt(value, ...path)
  return typeof found === 'number' ? found : undefined
}

/** The boolean at a path, false where there is none. */
export function flagAt(value: JsonValue | undefined, ...path: FieldPath): boolean {
  return valueAt(value, ...path) === true
}

/** The map of strings at a path: labels, annotations, selectors. */
export function textMapAt(
  value: JsonValue | undefined,
  ...path: FieldPath
): Readonly<Record<string, string>> {
  const entries = Object.entries(objectAt(value, ...path))
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

/** The object with the fields that it lacks, or has as null. */
export function fill(object: JsonObject, defaults: JsonObject): JsonObject {
  const given = Object.entries(object).filter(([, value]) => value !== null)
  return { ...defaults, ...Object.fromEntries(given) }
}

/** Deep equality. Objects compare as sets of keys, whatever their order. */
export function sameJson(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true
  if (isList(a) && isList(b))
    return a.length === b.length && a.every((item, index) => sameJson(item, b[index]))
  if (!isObject(a) || !isObject(b)) return false
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  return keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
}
