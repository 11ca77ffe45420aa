/** `kubectl patch` of one object, with a strategic merge patch. */
import type { Millis } from '../clock.ts'
import { checkFields } from '../manifest/check-fields.ts'
import type { Diagnostic } from '../manifest/diagnostic.ts'
import type { FieldProblem } from '../manifest/field-problem.ts'
import { isList, isObject } from '../manifest/json-fields.ts'
import type { FieldPath, JsonObject, JsonValue } from '../manifest/manifest.ts'
import type { Cluster } from './cluster.ts'
import { finish, openChange } from './cluster-change.ts'
import type { ClusterChange } from './cluster-change.ts'
import { notFound } from './object-diagnostics.ts'
import type { IngressReviewer } from './ingress-reviewer.ts'
import type { ObjectRef } from './object-ref.ts'
import { storeObject } from './store-object.ts'
import { strategicMerge } from './strategic-merge.ts'

/**
 * Lays a patch over an object. Fields that the kind does not have are dropped with a warning, as the server does for patches; what
 * it refuses is an error, and the cluster the one given.
 * @param review the webhook that reviews Ingresses; absent: none is asked
 */
export function patchObject(
  cluster: Cluster,
  ref: ObjectRef,
  patch: JsonObject,
  nowMs: Millis,
  review?: IngressReviewer,
): ClusterChange {
  const change = { ...openChange(cluster, nowMs), ...(review === undefined ? {} : { review }) }
  const existing = change.store.get(ref)
  if (existing === undefined) return { cluster, changed: [], diagnostics: [notFound(ref)] }
  const merged = strategicMerge(ref.kind, existing.body, patch)
  const strict = checkFields(ref.kind, merged)
  const unknown = strict.filter((problem) => problem.code === 'unknown-field')
  const mistyped = strict.filter((problem) => problem.code === 'wrong-type')
  const warnings = unknown.map((problem) => describe(ref, { ...problem, severity: 'warning' }))
  if (mistyped.length > 0)
    return {
      cluster,
      changed: [],
      diagnostics: [...warnings, ...mistyped.map((problem) => describe(ref, problem))],
    }
  const body = unknown.reduce((pruned, problem) => without(pruned, problem.path), merged)
  const { apiVersion, source } = existing
  const stored = storeObject(change, {
    ref,
    apiVersion,
    body,
    existing,
    ...(source === undefined ? {} : { source }),
  })
  switch (stored.kind) {
    case 'refused':
      return {
        cluster,
        changed: [],
        diagnostics: [...warnings, ...stored.problems.map((item) => describe(ref, item))],
      }
    case 'stored':
      return finish(
        cluster,
        change,
        [{ ref, verb: stored.changed ? 'patched' : 'patched (no change)' }],
        warnings,
      )
  }
}

/** A patch stands in no file, so its problems have no place. */
function describe(ref: ObjectRef, problem: FieldProblem): Diagnostic {
  const { severity, code, values, message, hint } = problem
  return {
    severity,
    code,
    values: { ...values, kind: ref.kind, name: ref.name },
    message: severity === 'warning' ? message.replace('strict decoding error: ', '') : message,
    file: '',
    ...(hint === undefined ? {} : { hint }),
  }
}

function without(body: JsonObject, path: FieldPath): JsonObject {
  const removed = removeAt(body, path)
  return isObject(removed) ? removed : body
}

function removeAt(value: JsonValue, path: FieldPath): JsonValue {
  const [head, ...rest] = path
  if (isList(value)) return value.map((item, index) => (index === head ? removeAt(item, rest) : item))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]): [string, JsonValue][] =>
      key !== head ? [[key, item]] : rest.length === 0 ? [] : [[key, removeAt(item, rest)]],
    ),
  )
}
