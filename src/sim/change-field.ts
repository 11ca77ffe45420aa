/** What to type so that a field of an object says something else, in the file that the object came from. */
import type { Cluster } from './cluster/cluster.ts'
import { objectKey, type ObjectRef } from './cluster/object-ref.ts'
import { textAt } from './manifest/json-fields.ts'
import type { FieldPath, Manifest } from './manifest/manifest.ts'
import { firstField, withField } from './manifest/with-field.ts'
import { errorIn, refusedChange, type TextChange, type TypedText } from './text-change.ts'

/** A field of an object and the word that it is to have. */
export interface FieldChange {
  readonly object: ObjectRef
  readonly path: FieldPath
  readonly word: string
}

/** The file that holds the object; undefined for what a controller made, or a command typed. */
export function fileOfObject(cluster: Cluster, object: ObjectRef): string | undefined {
  return cluster.objects[objectKey(object)]?.source?.file
}

/**
 * The edit. A field that the text does not have comes in front of the others of its object.
 * @param files those that stand applied, as typed; the object's own is enough
 */
export function changeField(cluster: Cluster, files: readonly TypedText[], change: FieldChange): TextChange {
  const { object, path, word } = change
  if (textAt(cluster.objects[objectKey(object)]?.body, ...path) === word) return { kind: 'unchanged' }
  const home = fileOfObject(cluster, object)
  const host = files.find(({ parsed }) => parsed.file === home)
  if (host === undefined) return { kind: 'nowhere' }
  if (errorIn(host.parsed) !== undefined) return refusedChange(host)
  const manifest = host.parsed.manifests.find((each) => names(each, object))
  const first = manifest && firstField(manifest.source, path.slice(0, -1))
  if (manifest === undefined || first === undefined) return { kind: 'nowhere' }
  const neighbour = { where: 'before', path: first } as const
  return {
    kind: 'edit',
    file: host.parsed.file,
    text: withField(manifest.source, host.text, path, word, neighbour),
  }
}

function names(manifest: Manifest, { kind, namespace, name }: ObjectRef): boolean {
  const own = manifest.namespace ?? 'default'
  return manifest.kind === kind && manifest.name === name && (namespace === '' || own === namespace)
}
