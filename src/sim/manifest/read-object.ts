/** One object of a file: from JSON with spans to a Manifest, with everything that is wrong with it. */
import { checkFields } from './check-fields.ts'
import type { Diagnostic, DiagnosticCode } from './diagnostic.ts'
import type { FieldProblem } from './field-problem.ts'
import { isObject, textAt, valueAt } from './json-fields.ts'
import { firstLine, locate, nearestRange } from './locate-problem.ts'
import { fieldKey } from './manifest.ts'
import type { FieldPath, JsonObject, Manifest, ManifestSource } from './manifest.ts'
import { isNamespaced, isRemovedVersion, referenceKind, resourceOf } from './resources.ts'
import type { RangeOf } from './text-position.ts'
import type { ObjectText } from './unfold-lists.ts'
import { validateObject } from './validate-object.ts'

export interface ReadObject {
  /** Absent where the object has no kind, API version or name. */
  readonly manifest?: Manifest
  readonly diagnostics: readonly Diagnostic[]
}

/** Configuration files have no name; they are known by that of the ConfigMap in kube-system that holds them. */
const namesOfConfiguration: ReadonlyMap<string, string> = new Map([
  ['ClusterConfiguration', 'kubeadm-config'],
  ['KubeProxyConfiguration', 'kube-proxy'],
  ['InitConfiguration', 'kubeadm-init'],
  ['JoinConfiguration', 'kubeadm-join'],
  ['KubeletConfiguration', 'kubelet-config'],
])

/** Where an object's fields stand. */
export function sourceOf(file: string, object: ObjectText, rangeOf: RangeOf): ManifestSource {
  return {
    file,
    range: rangeOf(object.span.from, object.span.to),
    ranges: Object.fromEntries([...object.spans].map(([key, span]) => [key, rangeOf(span.from, span.to)])),
  }
}

/** Reads one object. Never throws. */
export function readObject(object: ObjectText, source: ManifestSource): ReadObject {
  const body = object.value
  if (!isObject(body)) return { diagnostics: [notAnObject(source)] }
  const apiVersion = textAt(body, 'apiVersion') ?? ''
  const kind = textAt(body, 'kind') ?? ''
  const name = textAt(body, 'metadata', 'name') ?? namesOfConfiguration.get(kind) ?? ''
  const missing = missingParts(body, { apiVersion, kind, name }, source)
  if (apiVersion === '' || kind === '') return { diagnostics: missing }
  const problems =
    resourceOf(apiVersion, kind) === undefined ? checkFields('', body) : checkFields(kind, body)
  const broken = isRemovedVersion(apiVersion, kind)
    ? []
    : validateObject(referenceKind(apiVersion, kind), body)
  const about = { kind, name, apiVersion }
  const diagnostics = [
    ...missing,
    ...versionProblems(apiVersion, kind, source),
    ...withoutEchoes([...problems, ...broken]).map((item) => locate(item, source, about)),
    ...notSimulated(apiVersion, kind, source),
  ]
  if (name === '') return { diagnostics }
  const namespace = isNamespaced(referenceKind(apiVersion, kind))
    ? textAt(body, 'metadata', 'namespace')
    : undefined
  return {
    manifest: { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }), body, source },
    diagnostics,
  }
}

/** A value of a wrong type is said once: what the validation then finds missing or invalid there is its echo. */
function withoutEchoes(problems: readonly FieldProblem[]): readonly FieldProblem[] {
  const mistyped = new Set(
    problems.filter((item) => item.code === 'wrong-type').map((item) => fieldKey(item.path)),
  )
  return problems.filter((item) => item.code === 'wrong-type' || !mistyped.has(fieldKey(item.path)))
}

function missingParts(
  body: JsonObject,
  parts: { readonly apiVersion: string; readonly kind: string; readonly name: string },
  source: ManifestSource,
): Diagnostic[] {
  const found: Diagnostic[] = []
  const add = (code: DiagnosticCode, message: string, at: FieldPath, hint: string) =>
    found.push({
      severity: 'error',
      code,
      values: {},
      message,
      file: source.file,
      range: nearestRange(source, at),
      hint,
    })
  if (parts.apiVersion === '' && isAbsent(body, 'apiVersion'))
    add(
      'api-version-missing',
      'apiVersion not set',
      ['kind'],
      'Every object begins with apiVersion and kind: apps/v1 for a Deployment, v1 for a Service.',
    )
  if (parts.kind === '' && isAbsent(body, 'kind'))
    add('kind-missing', 'kind not set', ['apiVersion'], 'Say what it is: kind: Service, for instance.')
  if (parts.name === '' && isAbsent(body, 'metadata', 'name') && parts.kind !== '')
    add('name-missing', 'resource name may not be empty', ['metadata'], 'Give it a name: metadata.name.')
  return found
}

/** Absent, null or empty: another type there is strict decoding's matter, unless nothing else will say it. */
function isAbsent(body: JsonObject, ...path: FieldPath): boolean {
  const value = valueAt(body, ...path)
  return value === undefined || value === null || value === '' || path[0] !== 'metadata'
}

function versionProblems(apiVersion: string, kind: string, source: ManifestSource): Diagnostic[] {
  if (!isRemovedVersion(apiVersion, kind)) return []
  const message = `no matches for kind "${kind}" in version "${apiVersion}"`
  const values = { field: 'apiVersion', detail: message, kind, apiVersion }
  const range = nearestRange(source, ['apiVersion'])
  const hint =
    'The version is gone from current releases, or belongs to another kind: see "kubectl api-resources".'
  return [{ severity: 'error', code: 'field-invalid', values, message, file: source.file, range, hint }]
}

function notSimulated(apiVersion: string, kind: string, source: ManifestSource): Diagnostic[] {
  const effect = resourceOf(apiVersion, kind)?.effect ?? 'unknown'
  if (effect === 'state' || isRemovedVersion(apiVersion, kind)) return []
  return [
    {
      severity: effect === 'not-modelled' ? 'warning' : 'info',
      code: 'kind-not-simulated',
      values: { kind, effect },
      message: `${kind} ${withoutEffect[effect]}`,
      file: source.file,
      range: nearestRange(source, ['kind']),
    },
  ]
}

const withoutEffect = {
  'not-modelled': 'is kept and listed, but what it does in a real cluster is not modelled here.',
  kept: 'is kept and listed; it does not touch the network.',
  unknown: 'is a kind that is not known here: it is kept and listed, without effect.',
} as const

function notAnObject(source: ManifestSource): Diagnostic {
  return {
    severity: 'error',
    code: 'not-an-object',
    values: {},
    message: 'invalid object to validate: this is a text or a list, not a Kubernetes object',
    file: source.file,
    range: firstLine(source),
    hint: 'A manifest begins with lines such as "apiVersion: v1" and "kind: Service".',
  }
}
