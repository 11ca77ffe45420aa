/** Whole objects: `-o json`, `-o yaml`, `-o jsonpath=…` (k8s.io/cli-runtime pkg/printers). Keys are sorted, managedFields left out. */
import type { Cluster } from '../../sim/cluster/cluster.ts'
import type { ObjectRef } from '../../sim/cluster/object-ref.ts'
import type { JsonObject, JsonValue } from '../../sim/manifest/manifest.ts'
import { evaluateJsonPath } from './json-path.ts'
import { bodyOf } from './list-objects.ts'
import { printYaml } from './print-yaml.ts'
import { isObject } from './wire-fields.ts'

type Printed = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string }

const formats =
  'custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,name,template,templatefile,wide,yaml'

/** Prints one object as itself, several as a List. */
export function printObjects(
  format: string,
  refs: readonly ObjectRef[],
  isSingle: boolean,
  cluster: Cluster,
): Printed {
  const bodies = refs.map((ref) => withoutManagedFields(bodyOf(ref, cluster)))
  const value: JsonObject =
    isSingle && bodies[0] !== undefined
      ? bodies[0]
      : { apiVersion: 'v1', items: bodies, kind: 'List', metadata: { resourceVersion: '' } }
  const [name = '', ...rest] = format.split('=')
  switch (name) {
    case 'json':
      return { ok: true, text: `${JSON.stringify(sortKeys(value), null, 4)}\n` }
    case 'yaml':
      return { ok: true, text: printYaml(sortKeys(value)) }
    case 'jsonpath': {
      const text = evaluateJsonPath(rest.join('='), value)
      return text === undefined
        ? { ok: false, message: 'podpath: this jsonpath is not simulated' }
        : { ok: true, text }
    }
    default:
      return {
        ok: false,
        message: `error: unable to match a printer suitable for the output format "${name}", allowed formats are: ${formats}`,
      }
  }
}

/** The same value with the keys of every map in byte order. */
function sortKeys(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.keys(value)
      .toSorted()
      .map((key) => [key, sortKeys(value[key] ?? null)]),
  )
}

function withoutManagedFields(body: JsonObject): JsonObject {
  const metadata = body['metadata']
  if (!isObject(metadata)) return body
  const { managedFields: _managedFields, ...rest } = metadata
  return { ...body, metadata: rest }
}
