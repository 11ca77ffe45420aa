/** Reading single fields of an object in wire form, for cells that no typed list holds. Absent and of another type are one. */
import type { JsonObject, JsonValue } from '../../sim/manifest/manifest.ts'

/** The object under a key; an empty one where there is none. */
export function objectAt(value: JsonObject, key: string): JsonObject {
  const found = value[key]
  return isObject(found) ? found : {}
}

/** The text under a key. */
export function textAt(value: JsonObject, key: string): string | undefined {
  const found = value[key]
  return typeof found === 'string' ? found : undefined
}

/** The objects of the list under a key. */
export function listAt(value: JsonObject, key: string): readonly JsonObject[] {
  const found = value[key]
  return Array.isArray(found) ? found.filter(isObject) : []
}

/** The texts of a map under a key: labels, selectors. */
export function textMapAt(value: JsonObject, key: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(objectAt(value, key)).flatMap(([name, text]) =>
      typeof text === 'string' ? [[name, text]] : [],
    ),
  )
}

/** A JSON object, neither null nor a list. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
