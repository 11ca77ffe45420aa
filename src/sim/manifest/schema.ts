/** The fields that each type has, read from the tables on first use. */
import { appsTypes } from './schema-apps.ts'
import { coreTypes } from './schema-core.ts'
import { gatewayTypes } from './schema-gateway.ts'
import { networkTypes } from './schema-network.ts'

/** `any` is not checked; `struct` names another row of the tables. */
export type FieldType =
  | { readonly kind: 'any' }
  | { readonly kind: 'scalar'; readonly of: ScalarType }
  | { readonly kind: 'struct'; readonly name: string }
  | { readonly kind: 'list'; readonly of: FieldType }
  | { readonly kind: 'map'; readonly of: FieldType }

export type ScalarType = 'string' | 'int32' | 'int64' | 'bool' | 'quantity' | 'intOrString'

const scalars: readonly string[] = ['string', 'int32', 'int64', 'bool', 'quantity', 'intOrString']
const tables: ReadonlyMap<string, string> = new Map(
  [coreTypes, appsTypes, gatewayTypes, networkTypes].flatMap((table) => Object.entries(table)),
)
const parsed = new Map<string, ReadonlyMap<string, FieldType>>()

/** The fields of a type by name, or undefined where no table has it. */
export function fieldsOf(type: string): ReadonlyMap<string, FieldType> | undefined {
  const known = parsed.get(type)
  const row = tables.get(type)
  if (known !== undefined || row === undefined) return known
  const fields = new Map(row.split('; ').map(readField))
  parsed.set(type, fields)
  return fields
}

/** The fields of an object of a kind: its own and those that every object has. Undefined where the kind has no table. */
export function fieldsOfKind(kind: string): ReadonlyMap<string, FieldType> | undefined {
  const own = fieldsOf(kind)
  return own === undefined ? undefined : new Map([...everyObject, ...own])
}

const everyObject: ReadonlyMap<string, FieldType> = new Map(
  ['apiVersion string', 'kind string', 'metadata ObjectMeta'].map(readField),
)

function readField(entry: string): [string, FieldType] {
  const space = entry.indexOf(' ')
  return [entry.slice(0, space), readType(entry.slice(space + 1))]
}

function readType(text: string): FieldType {
  if (text === 'any') return { kind: 'any' }
  if (text.startsWith('[]')) return { kind: 'list', of: readType(text.slice(2)) }
  if (text.startsWith('{}')) return { kind: 'map', of: readType(text.slice(2)) }
  return isScalarType(text) ? { kind: 'scalar', of: text } : { kind: 'struct', name: text }
}

function isScalarType(text: string): text is ScalarType {
  return scalars.includes(text)
}
