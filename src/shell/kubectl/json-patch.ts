/** JSON Patch (RFC 6902) and JSON Merge Patch (RFC 7386), which `kubectl patch --type=json` and `--type=merge` send. */
import type { JsonObject, JsonValue } from '../../sim/manifest/manifest.ts'
import { isObject } from './wire-fields.ts'

/** One operation, as far as it could be read. */
interface Operation {
  readonly op: string
  readonly path: readonly string[]
  readonly from: readonly string[]
  readonly value: JsonValue
}

/** The object after a JSON Patch's text; `undefined`: no JSON, or an operation that cannot be done. */
export function applyJsonPatch(text: string, object: JsonObject): JsonObject | undefined {
  const operations = parseOperations(text)
  const patched = operations?.reduce<JsonValue | undefined>(
    (value, operation) => (value === undefined ? undefined : applyOperation(operation, value)),
    object,
  )
  return isObject(patched) ? patched : undefined
}

/** The object under a merge patch: null removes, maps are merged, everything else takes the place of what was there. */
export function applyMergePatch(patch: JsonObject, object: JsonObject): JsonObject {
  const merged: Record<string, JsonValue> = { ...object }
  for (const [key, value] of Object.entries(patch)) {
    const before = merged[key]
    if (value === null) delete merged[key]
    else merged[key] = isObject(value) ? applyMergePatch(value, isObject(before) ? before : {}) : value
  }
  return merged
}

/** The strategic merge patch that turns one object into another: each map at the top takes the place of the old one. */
export function replacingPatch(before: JsonObject, after: JsonObject): JsonObject {
  const metadata = objectOf(after['metadata'])
  const patch: Record<string, JsonValue> = {
    metadata: {
      labels: { ...objectOf(metadata['labels']), $patch: 'replace' },
      annotations: { ...objectOf(metadata['annotations']), $patch: 'replace' },
    },
  }
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (['apiVersion', 'kind', 'metadata', 'status'].includes(key)) continue
    const value = after[key] ?? null
    patch[key] = isObject(value) ? { ...value, $patch: 'replace' } : value
  }
  return patch
}

function parseOperations(text: string): readonly Operation[] | undefined {
  const parsed = parseJson(text)
  if (!Array.isArray(parsed) || !parsed.every(isObject)) return undefined
  return parsed.map((item: JsonObject) => ({
    op: typeof item['op'] === 'string' ? item['op'] : '',
    path: pointer(item['path']),
    from: pointer(item['from']),
    value: item['value'] ?? null,
  }))
}

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return undefined
  }
}

/** RFC 6901. */
function pointer(value: JsonValue | undefined): readonly string[] {
  if (typeof value !== 'string' || !value.startsWith('/')) return []
  return value
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function applyOperation({ op, path, from, value }: Operation, target: JsonValue): JsonValue | undefined {
  switch (op) {
    case 'add':
      return put(target, path, value, 'add')
    case 'replace':
      return valueAt(target, path) === undefined ? undefined : put(target, path, value, 'replace')
    case 'remove':
      return put(target, path, undefined, 'replace')
    case 'test':
      return JSON.stringify(valueAt(target, path)) === JSON.stringify(value) ? target : undefined
    case 'copy':
    case 'move': {
      const moved = valueAt(target, from)
      const left = op === 'copy' ? target : put(target, from, undefined, 'replace')
      return moved === undefined || left === undefined ? undefined : put(left, path, moved, 'add')
    }
    default:
      return undefined
  }
}

function valueAt(target: JsonValue | undefined, path: readonly string[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((value, part) => {
    if (Array.isArray(value)) return value[Number(part)]
    return isObject(value) && Object.hasOwn(value, part) ? value[part] : undefined
  }, target)
}

/** The value with one place changed; without a `value` that place is taken out, and must be there. */
function put(
  target: JsonValue,
  path: readonly string[],
  value: JsonValue | undefined,
  how: 'add' | 'replace',
): JsonValue | undefined {
  const [part, ...rest] = path
  if (part === undefined) return value
  if (Array.isArray(target)) return putInList(target, part, rest, value, how)
  if (!isObject(target)) return undefined
  const before = Object.hasOwn(target, part) ? target[part] : undefined
  if (rest.length === 0 && value === undefined) {
    if (before === undefined) return undefined
    return Object.fromEntries(Object.entries(target).filter(([key]) => key !== part))
  }
  const after = rest.length === 0 ? value : before === undefined ? undefined : put(before, rest, value, how)
  return after === undefined ? undefined : { ...target, [part]: after }
}

function putInList(
  list: readonly JsonValue[],
  part: string,
  rest: readonly string[],
  value: JsonValue | undefined,
  how: 'add' | 'replace',
): JsonValue | undefined {
  const index = part === '-' ? list.length : Number(part)
  const isNew = how === 'add' && rest.length === 0
  if (!Number.isInteger(index) || index < 0 || index >= list.length + (isNew ? 1 : 0)) return undefined
  if (rest.length === 0) {
    return value === undefined ? list.toSpliced(index, 1) : list.toSpliced(index, isNew ? 0 : 1, value)
  }
  const after = put(list[index] ?? null, rest, value, how)
  return after === undefined ? undefined : list.with(index, after)
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {}
}
