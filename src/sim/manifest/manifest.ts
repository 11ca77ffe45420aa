/** Kubernetes objects as text gave them: plain JSON that still knows the file and the range of every field. */
import type { Diagnostic, TextRange } from './diagnostic.ts'

/** What JSON can hold. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject
/** A JSON object in wire spelling (`clusterIP`). */
export interface JsonObject {
  readonly [key: string]: JsonValue
}

/** A place inside an object: `['spec', 'ports', 0, 'port']`. */
export type FieldPath = readonly (string | number)[]

/** The text behind an object. `ranges` has an entry for every field, keyed by {@link fieldKey}; a range spans key and value. */
export interface ManifestSource {
  readonly file: string
  readonly range: TextRange
  readonly ranges: Readonly<Record<string, TextRange>>
}

/** One document that names a kind. `body` is the whole object, apiVersion and kind included. `namespace` is absent when the text has none. */
export interface Manifest {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly namespace?: string
  readonly body: JsonObject
  readonly source: ManifestSource
}

/** A file's content: objects, or a patch (a document with neither apiVersion nor kind, such as `spec: {type: NodePort}`). */
export interface ParsedFile {
  readonly file: string
  readonly manifests: readonly Manifest[]
  readonly patch?: { readonly body: JsonObject; readonly source: ManifestSource }
  readonly diagnostics: readonly Diagnostic[]
}

/** The key of a field in {@link ManifestSource.ranges}: `spec.ports.0.port`, a dot inside a key written `\.`. */
export function fieldKey(path: FieldPath): string {
  return path.map((part) => String(part).replaceAll('.', '\\.')).join('.')
}
