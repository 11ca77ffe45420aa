/** One object's way into the store, as the API server takes it: defaults, what may not change, admission, metadata. */
import { validateNewObject, validateObject } from '../manifest/validate-object.ts'
import type { FieldProblem } from '../manifest/field-problem.ts'
import { listAt, numberAt, objectAt, sameJson, textAt } from '../manifest/json-fields.ts'
import type { JsonObject, ManifestSource } from '../manifest/manifest.ts'
import type { Millis } from '../clock.ts'
import { admitNewIngress } from './admit-ingress.ts'
import { admitService } from './admit-service.ts'
import type { Admission } from './admit-service.ts'
import type { ClusterConfig } from './cluster.ts'
import { dropTypeFields } from './drop-type-fields.ts'
import { withDefaults } from './fill-defaults.ts'
import { withPodAdmission } from './fill-pod-defaults.ts'
import { immutableProblems } from './immutable-fields.ts'
import { timestamp, uidOf } from './object-identity.ts'
import type { IngressReviewer } from './ingress-reviewer.ts'
import type { ObjectRef } from './object-ref.ts'
import type { ObjectStore } from './object-store.ts'
import type { ApiObject } from './objects.ts'
import { readIngress } from './read-ingress.ts'
import type { Allocations } from './service-allocation.ts'

/** What is at hand while the objects of one change are stored. */
export interface StoreRequest {
  readonly store: ObjectStore
  readonly allocations: Allocations
  readonly config: ClusterConfig
  readonly seed: number
  readonly nowMs: Millis
  /** The webhook that reviews Ingresses; absent: none is asked. */
  readonly review?: IngressReviewer
}

export interface Submission {
  readonly ref: ObjectRef
  readonly apiVersion: string
  /** Without defaults where it is new; over the existing one where there is one. */
  readonly body: JsonObject
  readonly source?: ManifestSource
  readonly existing?: ApiObject
}

export type Stored =
  | { readonly kind: 'stored'; readonly object: ApiObject; readonly changed: boolean }
  | { readonly kind: 'refused'; readonly problems: readonly FieldProblem[] }

/** Stores one object, or says what the server refuses. `changed` is false where the server had it so already. */
export function storeObject(request: StoreRequest, submission: Submission): Stored {
  const { ref, existing } = submission
  const isService = ref.kind === 'Service' && existing !== undefined
  const submitted = isService ? dropTypeFields(submission.body, existing.body) : submission.body
  const filled = withDefaults(ref.kind, submitted)
  const problems = [
    ...validateObject(ref.kind, submitted),
    ...(existing === undefined
      ? validateNewObject(ref.kind, submitted)
      : immutableProblems(ref.kind, existing.body, filled)),
  ]
  if (problems.length > 0) return { kind: 'refused', problems }
  const admitted = admit(request, submission, filled)
  if (admitted.problems.length > 0) return { kind: 'refused', problems: admitted.problems }
  const body = withMetadata(request, submission, admitted.body)
  const changed = existing === undefined || !sameJson(existing.body, body)
  const object: ApiObject = {
    ref,
    apiVersion: submission.apiVersion,
    body: changed ? body : existing.body,
    createdAtMs: existing?.createdAtMs ?? createdAt(body) ?? request.nowMs,
    ...(submission.source === undefined ? {} : { source: submission.source }),
    ...ownerOf(ref, body, existing),
  }
  request.store.put(object)
  return { kind: 'stored', object, changed }
}

function admit(request: StoreRequest, submission: Submission, body: JsonObject): Admission {
  const { ref, existing } = submission
  const fine = (admitted: JsonObject): Admission => ({ body: admitted, problems: [] })
  switch (ref.kind) {
    case 'Service': {
      const { config, seed } = request
      return admitService(
        { ref, body, config, seed, ...(existing === undefined ? {} : { existing }) },
        request.allocations,
      )
    }
    case 'Ingress': {
      const admitted = existing === undefined ? admitNewIngress(body, request.store) : body
      return { body: admitted, problems: reviewOf(request, submission, admitted) }
    }
    case 'Pod':
      return fine({ ...body, spec: withPodAdmission(objectAt(body, 'spec')) })
  }
  return fine(body)
}

function reviewOf(
  { review, store, nowMs }: StoreRequest,
  { ref, apiVersion, existing }: Submission,
  body: JsonObject,
): readonly FieldProblem[] {
  if (review === undefined) return []
  const createdAtMs = existing?.createdAtMs ?? createdAt(body) ?? nowMs
  return review(readIngress({ ref, apiVersion, body, createdAtMs }), store)
}

/** Kinds whose `metadata.generation` the server counts; custom resources are among them. */
const countsNoGenerations = [
  'Service',
  'Pod',
  'Node',
  'Namespace',
  'ConfigMap',
  'Secret',
  'Endpoints',
  'ServiceAccount',
  'ClusterConfiguration',
  'KubeProxyConfiguration',
]

function withMetadata(request: StoreRequest, submission: Submission, body: JsonObject): JsonObject {
  const { ref, existing } = submission
  const given = objectAt(body, 'metadata')
  const before = numberAt(existing?.body, 'metadata', 'generation') ?? 0
  const isSame = existing !== undefined && sameJson(existing.body['spec'], body['spec'])
  const generation = isSame ? before : Math.max(before + 1, numberAt(given, 'generation') ?? 0)
  return {
    ...body,
    metadata: {
      ...given,
      name: ref.name,
      ...(ref.namespace === '' ? {} : { namespace: ref.namespace }),
      uid: textAt(existing?.body, 'metadata', 'uid') ?? textAt(given, 'uid') ?? uidOf(request, ref),
      creationTimestamp:
        textAt(existing?.body, 'metadata', 'creationTimestamp') ??
        textAt(given, 'creationTimestamp') ??
        timestamp(request.nowMs),
      ...(countsNoGenerations.includes(ref.kind) || generation === 0 ? {} : { generation }),
    },
  }
}

function createdAt(body: JsonObject): Millis | undefined {
  const ms = Date.parse(textAt(body, 'metadata', 'creationTimestamp') ?? '')
  return Number.isNaN(ms) ? undefined : ms
}

/** The controller that a paste names, or the one that has adopted the object. */
function ownerOf(
  ref: ObjectRef,
  body: JsonObject,
  existing: ApiObject | undefined,
): { readonly owner?: ObjectRef } {
  const controller = listAt(body, 'metadata', 'ownerReferences').find(
    (item) => objectAt(item)['controller'] === true,
  )
  const [kind, name] = [textAt(controller, 'kind'), textAt(controller, 'name')]
  if (kind !== undefined && name !== undefined)
    return { owner: { kind, namespace: kind === 'Node' ? '' : ref.namespace, name } }
  return existing?.owner === undefined ? {} : { owner: existing.owner }
}
