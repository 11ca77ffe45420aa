/** Readers of objects, each asked once for each object. */
import type { ApiObject } from './objects.ts'

/**
 * The same reader with a memory. Objects never change, so what was read from one stays true; and equal objects of two clusters
 * give one typed value, which everything built on it can compare by `===`.
 */
export function remembered<T extends object>(read: (object: ApiObject) => T): (object: ApiObject) => T {
  const known = new WeakMap<ApiObject, T>()
  return (object) => {
    const before = known.get(object)
    if (before !== undefined) return before
    const value = read(object)
    known.set(object, value)
    return value
  }
}
