/** A file's text → Kubernetes objects that know where every field stands, and everything that is wrong with the text. */
import type { Document } from 'yaml'
import type { Diagnostic, TextRange } from './diagnostic.ts'
import { isObject } from './json-fields.ts'
import type { JsonObject, Manifest, ManifestSource, ParsedFile } from './manifest.ts'
import { documentToJson } from './node-to-json.ts'
import type { JsonDocument, NodeProblem } from './node-to-json.ts'
import { nearestRange } from './locate-problem.ts'
import { readObject, sourceOf } from './read-object.ts'
import { findTemplate, refuseText, tooLarge } from './refuse-text.ts'
import { referenceKind } from './resources.ts'
import { syntaxDiagnostic } from './syntax-diagnostics.ts'
import { rangesOf } from './text-position.ts'
import type { RangeOf } from './text-position.ts'
import { unfoldLists } from './unfold-lists.ts'
import type { ObjectText } from './unfold-lists.ts'
import { composeDocuments } from './yaml-documents.ts'

/**
 * Reads YAML or JSON as kubectl 1.32 does: several documents, `List`s unfolded, YAML 1.1 scalars, the last of two equal keys wins
 * (with a warning). A single document with neither apiVersion nor kind is a patch. Never throws; costs seconds at the worst.
 * @returns manifests in the text's order, those with errors included; diagnostics in order of their place
 */
export function parseFile(file: string, text: string): ParsedFile {
  const refused = refuseText(file, text)
  if (refused !== undefined) return failed(file, refused)
  const stream = composeDocuments(text)
  switch (stream.kind) {
    case 'too-many-tokens':
      return failed(file, tooLarge(file, text.length))
    case 'too-many-anchors':
      return failed(file, aliasBomb(file, rangesOf(text)(text.indexOf('&'), text.indexOf('&') + 1)))
    case 'documents':
      return readDocuments(file, text, stream.documents, stream.openedAt)
  }
}

function readDocuments(
  file: string,
  text: string,
  documents: readonly Document.Parsed[],
  openedAt: number,
): ParsedFile {
  const rangeOf = rangesOf(text)
  const syntax = documents.flatMap(
    (document) => syntaxDiagnostic(file, document, text, rangeOf, openedAt) ?? [],
  )
  const read = documents
    .filter((document) => document.errors.length === 0)
    .map((document) => documentToJson(document, text))
  const hasOddKeys = read.some((document) =>
    document.problems.some((problem) => problem.kind === 'key-not-scalar'),
  )
  const template = syntax.length > 0 || hasOddKeys ? findTemplate(text, rangeOf, file) : undefined
  if (template !== undefined) return failed(file, template)
  const bomb = read
    .flatMap((document) => document.problems)
    .find((problem) => problem.kind === 'excessive-aliasing')
  if (bomb !== undefined) return failed(file, describe(file, bomb, rangeOf))
  const problems = read.flatMap((document) =>
    document.problems.map((problem) => describe(file, problem, rangeOf)),
  )
  const whole = read.filter((document) => document.value !== null && document.problems.every(isWarning))
  const objects = whole.flatMap(unfoldLists)
  const parsed = readObjects(file, objects, rangeOf)
  const diagnostics = [...syntax, ...problems, ...parsed.diagnostics]
  if (objects.length === 0 && diagnostics.length === 0) return failed(file, noObjects(file))
  return {
    ...parsed,
    diagnostics: diagnostics.toSorted((a, b) => (a.range?.from ?? 0) - (b.range?.from ?? 0)),
  }
}

/** kubectl reads on after this; after any other problem the document is lost. */
function isWarning(problem: NodeProblem): boolean {
  return problem.kind === 'duplicate-key'
}

function readObjects(file: string, objects: readonly ObjectText[], rangeOf: RangeOf): ParsedFile {
  const sources = objects.map((object) => ({ object, source: sourceOf(file, object, rangeOf) }))
  const [only] = sources
  if (only !== undefined && sources.length === 1 && isPatch(only.object.value))
    return { file, manifests: [], patch: { body: only.object.value, source: only.source }, diagnostics: [] }
  const read = sources.map(({ object, source }) => readObject(object, source))
  const manifests = read.flatMap(({ manifest }) => manifest ?? [])
  return {
    file,
    manifests,
    diagnostics: [...read.flatMap((item) => item.diagnostics), ...repeatedObjects(manifests)],
  }
}

/** Fields that `kubectl patch` is given for objects; a Compose file or a values file has others. */
const patchable: readonly string[] = [
  'metadata',
  'spec',
  'data',
  'stringData',
  'binaryData',
  'subsets',
  'status',
]

function isPatch(value: JsonDocument['value']): value is JsonObject {
  if (!isObject(value)) return false
  const keys = Object.keys(value)
  return keys.length > 0 && keys.every((key) => patchable.includes(key))
}

/** kubectl would apply both, the second over the first; nobody means that. */
function repeatedObjects(manifests: readonly Manifest[]): Diagnostic[] {
  const seen = new Map<string, ManifestSource>()
  return manifests.flatMap((manifest) => {
    const kind = referenceKind(manifest.apiVersion, manifest.kind)
    const key = `${kind}/${manifest.namespace ?? 'default'}/${manifest.name}`
    const first = seen.get(key)
    if (first === undefined) {
      seen.set(key, manifest.source)
      return []
    }
    const line = nearestRange(first, ['metadata', 'name']).line
    const diagnostic: Diagnostic = {
      severity: 'error',
      code: 'duplicate-object',
      values: { object: key, line },
      message: `${manifest.kind} "${manifest.name}" stands twice in this file; the other one is at line ${line}.`,
      file: manifest.source.file,
      range: nearestRange(manifest.source, ['metadata', 'name']),
      hint: 'Rename one of them, or delete it.',
    }
    return [diagnostic]
  })
}

function describe(file: string, problem: NodeProblem, rangeOf: RangeOf): Diagnostic {
  const range = rangeOf(problem.span.from, problem.span.to)
  switch (problem.kind) {
    case 'duplicate-key':
      return {
        severity: 'warning',
        code: 'yaml-duplicate-key',
        values: { key: problem.key },
        message: `The key "${problem.key}" stands twice in this object; the last one wins.`,
        file,
        range,
        hint: 'Delete the one that is not meant.',
      }
    case 'excessive-aliasing':
      return aliasBomb(file, range)
    case 'unknown-anchor':
      return syntaxError(
        file,
        range,
        anchorWords(problem.name),
        'A value that begins with * needs quotes: "*.example.com".',
      )
    case 'key-not-scalar':
      return syntaxError(
        file,
        range,
        'invalid map key',
        'A key is a plain word; braces or brackets need quotes.',
      )
  }
}

/** go-yaml ends an alias's name at the first character that is no letter, digit, `-` or `_`. */
function anchorWords(name: string): string {
  return /^[-\w]/.test(name)
    ? `unknown anchor '${name}' referenced`
    : 'did not find expected alphabetic or numeric character'
}

function syntaxError(file: string, range: TextRange, detail: string, hint: string): Diagnostic {
  const message = `error converting YAML to JSON: yaml: line ${range.line}: ${detail}`
  const values = { detail, words: detail, line: range.line }
  return { severity: 'error', code: 'yaml-syntax', values, message, file, range, hint }
}

function aliasBomb(file: string, range: Diagnostic['range']): Diagnostic {
  return {
    severity: 'error',
    code: 'yaml-alias-bomb',
    values: {},
    message: 'error converting YAML to JSON: yaml: document contains excessive aliasing',
    file,
    ...(range === undefined ? {} : { range }),
    hint: 'Write the repeated parts out; anchors that repeat anchors grow beyond all bounds.',
  }
}

/** An error as kubectl's is: a file that was emptied by a slip of the hand takes nothing out of the cluster. */
function noObjects(file: string): Diagnostic {
  return {
    severity: 'error',
    code: 'no-objects',
    values: {},
    message: 'no objects passed to apply',
    file,
    hint: 'The file is empty or holds comments only.',
  }
}

function failed(file: string, diagnostic: Diagnostic): ParsedFile {
  return { file, manifests: [], diagnostics: [diagnostic] }
}
