/**
 * Strict decoding, as kubectl asks of the API server since 1.25: unknown fields and values of a wrong type
 * (sigs.k8s.io/json through apimachinery's serializer).
 */
import { printPath } from './field-problem.ts'
import type { FieldProblem } from './field-problem.ts'
import { isList, isObject, valueAt } from './json-fields.ts'
import type { FieldPath, JsonObject, JsonValue } from './manifest.ts'
import { nearestName } from './nearest-name.ts'
import { fieldsOf, fieldsOfKind } from './schema.ts'
import type { FieldType, ScalarType } from './schema.ts'

/**
 * Everything in an object that strict decoding refuses, in the object's order. Of a kind without a table only `metadata` is
 * known.
 */
export function checkFields(kind: string, body: JsonObject): readonly FieldProblem[] {
  const fields = fieldsOfKind(kind)
  if (fields !== undefined) return checkStruct(body, fields, { struct: kind, path: [] })
  const metadata = valueAt(body, 'metadata') ?? null
  return checkValue(metadata, { kind: 'struct', name: 'ObjectMeta' }, { struct: kind, path: ['metadata'] })
}

/** Fields of older API versions, whose new names are no neighbours of the old. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['serviceName', 'service.name'],
  ['servicePort', 'service.port.number'],
])

interface Place {
  /** The Go struct that has the field. */
  readonly struct: string
  readonly path: FieldPath
}

function checkStruct(
  value: JsonObject,
  fields: ReadonlyMap<string, FieldType>,
  place: Place,
): FieldProblem[] {
  return Object.entries(value).flatMap(([key, item]) => {
    const path = [...place.path, key]
    const type = fields.get(key)
    return type === undefined
      ? [unknownField(path, renamed.get(key) ?? nearestName(key, fields.keys()))]
      : checkValue(item, type, { struct: place.struct, path })
  })
}

function checkValue(value: JsonValue, type: FieldType, place: Place): FieldProblem[] {
  if (value === null) return []
  switch (type.kind) {
    case 'any':
      return []
    case 'scalar':
      return fitsScalar(value, type.of) ? [] : [wrongType(value, goType(type), place)]
    case 'struct': {
      if (!isObject(value)) return [wrongType(value, goType(type), place)]
      return checkStruct(value, fieldsOf(type.name) ?? new Map(), { struct: type.name, path: place.path })
    }
    case 'list':
      if (!isList(value)) return [wrongType(value, goType(type), place)]
      return value.flatMap((item, index) =>
        checkValue(item, type.of, { ...place, path: [...place.path, index] }),
      )
    case 'map':
      if (!isObject(value)) return [wrongType(value, goType(type), place)]
      return Object.entries(value).flatMap(([key, item]) =>
        checkValue(item, type.of, { ...place, path: [...place.path, key] }),
      )
  }
}

function fitsScalar(value: JsonValue, type: ScalarType): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string'
    case 'bool':
      return typeof value === 'boolean'
    case 'int32':
      return Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31
    case 'int64':
      return Number.isInteger(value)
    case 'quantity':
      return typeof value === 'string' || typeof value === 'number'
    case 'intOrString':
      return typeof value === 'string' || Number.isInteger(value)
  }
}

function unknownField(path: FieldPath, suggestion: string | undefined): FieldProblem {
  const field = printPath(path)
  return {
    severity: 'error',
    code: 'unknown-field',
    path,
    values: { field, suggestion: suggestion ?? '' },
    message: `strict decoding error: unknown field "${field}"`,
    ...(suggestion === undefined ? {} : { hint: `Did you mean "${suggestion}"?` }),
  }
}

/** Go's path has no indices, and stops at the map for a map's value: `ServicePort.spec.ports.port`, `ObjectMeta.metadata.labels`. */
function wrongType(value: JsonValue, expected: string, place: Place): FieldProblem {
  const field = printPath(place.path)
  const found = foundType(value)
  const keys = place.path.filter((part) => typeof part === 'string')
  const isMapValue = place.struct === 'ObjectMeta' && keys.length > 2 && expected === 'string'
  const goPath = [place.struct, ...(isMapValue ? keys.slice(0, -1) : keys)].join('.')
  return {
    severity: 'error',
    code: 'wrong-type',
    path: place.path,
    values: { field, expected, found },
    message: `json: cannot unmarshal ${found} into Go struct field ${goPath} of type ${expected}`,
    ...quoteHint(value, expected),
  }
}

function quoteHint(value: JsonValue, expected: string): { readonly hint?: string } {
  if (expected === 'string' && typeof value !== 'object')
    return { hint: `Put it in quotes: "${String(value)}"` }
  if (expected.startsWith('int') && typeof value === 'string' && /^\d+$/.test(value))
    return { hint: `Write it without quotes: ${value}` }
  return {}
}

function foundType(value: JsonValue): string {
  if (isList(value)) return 'array'
  if (typeof value === 'number' && !Number.isInteger(value)) return `number ${value}`
  return typeof value === 'boolean' ? 'bool' : typeof value
}

function goType(type: FieldType): string {
  switch (type.kind) {
    case 'any':
      return 'interface {}'
    case 'scalar':
      return type.of === 'intOrString'
        ? 'intstr.IntOrString'
        : type.of === 'quantity'
          ? 'resource.Quantity'
          : type.of
    case 'struct':
      return `v1.${type.name}`
    case 'list':
      return `[]${goType(type.of)}`
    case 'map':
      return `map[string]${goType(type.of)}`
  }
}
