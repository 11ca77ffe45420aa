/** `kubectl apply` of parsed manifests, and the controllers after it: a cluster and some objects in, the next cluster out. */
import type { Millis } from '../clock.ts'
import type { Diagnostic } from '../manifest/diagnostic.ts'
import { textAt } from '../manifest/json-fields.ts'
import { locate, nearestRange } from '../manifest/locate-problem.ts'
import type { JsonObject, Manifest } from '../manifest/manifest.ts'
import { isNamespaced, referenceKind } from '../manifest/resources.ts'
import type { Change, Cluster } from './cluster.ts'
import type { ClusterChange } from './cluster-change.ts'
import { configOf, finish, openChange } from './cluster-change.ts'
import type { IngressReviewer } from './ingress-reviewer.ts'
import { lastApplied, withLastApplied } from './last-applied.ts'
import { mergeApplied } from './merge-applied.ts'
import type { ObjectRef } from './object-ref.ts'
import { objectKey } from './object-ref.ts'
import { removeWithDependents } from './remove-object.ts'
import type { ApiObject } from './objects.ts'
import { readService } from './read-service.ts'
import { bookRequested, release } from './service-allocation.ts'
import { storeObject } from './store-object.ts'
import type { StoreRequest } from './store-object.ts'

export interface ApplyOptions {
  readonly nowMs: Millis
  /** Where objects go that name no namespace; `default` otherwise. A manifest that names another one is refused. */
  readonly namespace?: string
  /** Deletes objects that came from this file and are not among the manifests. */
  readonly pruneFile?: string
  /** Makes the namespaces that are missing, with a warning, instead of refusing what should go into them. */
  readonly createNamespaces?: boolean
  /** Deletes and makes anew what may not be changed in place, as `kubectl replace --force` does, instead of refusing the change. */
  readonly replace?: boolean
  /** The webhook that reviews Ingresses; absent: none is asked. */
  readonly review?: IngressReviewer
}

/**
 * Applies all of the manifests, or none: with an error among the diagnostics the cluster is the one given. Objects of a paste (they
 * have a uid) bring their namespaces along. Changes are in the manifests' order, prunings behind them.
 */
export function applyManifests(
  cluster: Cluster,
  manifests: readonly Manifest[],
  options: ApplyOptions,
): ClusterChange {
  const change = openChange(cluster, options.nowMs)
  const targets = manifests.map((manifest) => ({ manifest, ref: referenceOf(manifest, options.namespace) }))
  const requested = targets
    .filter(({ ref }) => ref.kind === 'Service')
    .map(({ manifest, ref }) => ({ ref, body: manifest.body }))
  bookRequested(change.allocations, requested)
  const changes = new Map<Target, Change>()
  const diagnostics: Diagnostic[] = []
  for (const target of [
    ...targets.filter(isConfiguration),
    ...targets.filter((item) => !isConfiguration(item)),
  ]) {
    const { review } = options
    const request = {
      ...change,
      config: configOf(change.store),
      ...(review === undefined ? {} : { review }),
    }
    const problems = [
      ...namespaceMismatch(target, options),
      ...missingNamespace(request, target, targets, options),
    ]
    const applied = problems.some(({ severity }) => severity === 'error')
      ? undefined
      : applyOne(request, target, options.replace === true)
    diagnostics.push(...problems, ...(applied?.diagnostics ?? []))
    if (applied?.change !== undefined) changes.set(target, applied.change)
  }
  const pruned = options.pruneFile === undefined ? [] : prune(change, options.pruneFile, targets)
  const inOrder = targets.flatMap((target) => changes.get(target) ?? [])
  return finish(cluster, change, [...inOrder, ...pruned], diagnostics)
}

interface Target {
  readonly manifest: Manifest
  readonly ref: ObjectRef
}

/** The reference that a manifest's object will have. */
function referenceOf(manifest: Manifest, namespace = 'default'): ObjectRef {
  const kind = referenceKind(manifest.apiVersion, manifest.kind)
  return { kind, namespace: isNamespaced(kind) ? (manifest.namespace ?? namespace) : '', name: manifest.name }
}

/** Ranges and ports of the cluster count for everything that is applied with them. */
function isConfiguration({ ref }: Target): boolean {
  return ref.kind === 'ClusterConfiguration' || ref.kind === 'KubeProxyConfiguration'
}

interface Applied {
  readonly change?: Change
  readonly diagnostics: readonly Diagnostic[]
}

function applyOne(request: StoreRequest, target: Target, replace: boolean): Applied {
  const { manifest, ref } = target
  const existing = request.store.get(ref)
  const annotated = withLastApplied(manifest.body, ref)
  const body = existing === undefined ? annotated : merge(ref.kind, existing.body, annotated)
  const { apiVersion, source } = manifest
  const stored = storeObject(request, {
    ref,
    apiVersion,
    body,
    source,
    ...(existing === undefined ? {} : { existing }),
  })
  switch (stored.kind) {
    case 'refused': {
      const isFixed = stored.problems.every(({ code }) => code === 'immutable-field')
      if (replace && existing !== undefined && isFixed) return makeAnew(request, target, existing)
      const about = { kind: manifest.kind, name: manifest.name, apiVersion }
      return { diagnostics: stored.problems.map((problem) => locate(problem, source, about)) }
    }
    case 'stored': {
      const verb = existing === undefined ? 'created' : stored.changed ? 'configured' : 'unchanged'
      return { change: { ref, verb }, diagnostics: [] }
    }
  }
}

function makeAnew(request: StoreRequest, target: Target, existing: ApiObject): Applied {
  removeWithDependents(request.store, target.ref)
  if (target.ref.kind === 'Service') release(request.allocations, readService(existing))
  const made = applyOne(request, target, false)
  return made.change === undefined ? made : { ...made, change: { ref: target.ref, verb: 'configured' } }
}

function merge(kind: string, live: JsonObject, next: JsonObject): JsonObject {
  return mergeApplied(kind, lastApplied(live), next, live)
}

function namespaceMismatch({ manifest }: Target, options: ApplyOptions): Diagnostic[] {
  const given = manifest.namespace
  if (options.namespace === undefined || given === undefined || given === options.namespace) return []
  const message =
    `the namespace from the provided object "${given}" does not match the namespace "${options.namespace}". ` +
    `You must pass '--namespace=${given}' to perform this operation.`
  const range = nearestRange(manifest.source, ['metadata', 'namespace'])
  const values = { field: 'metadata.namespace', detail: message }
  return [{ severity: 'error', code: 'field-invalid', values, message, file: manifest.source.file, range }]
}

function missingNamespace(
  request: StoreRequest,
  { manifest, ref }: Target,
  targets: readonly Target[],
  options: ApplyOptions,
): Diagnostic[] {
  const { namespace } = ref
  const wanted: ObjectRef = { kind: 'Namespace', namespace: '', name: namespace }
  if (namespace === '' || request.store.get(wanted) !== undefined) return []
  if (targets.some((target) => objectKey(target.ref) === objectKey(wanted))) return []
  const isPaste = textAt(manifest.body, 'metadata', 'uid') !== undefined
  const isMade = isPaste || options.createNamespaces === true
  if (isMade) storeObject(request, { ref: wanted, apiVersion: 'v1', body: namespaceBody(namespace) })
  const file = manifest.source.file
  const range = nearestRange(manifest.source, ['metadata', 'namespace'])
  return [
    {
      severity: isPaste ? 'info' : isMade ? 'warning' : 'error',
      code: 'namespace-missing',
      values: { namespace, kind: manifest.kind, name: manifest.name },
      message: `namespaces "${namespace}" not found`,
      file,
      range,
      hint: isMade
        ? 'It was created along with the object.'
        : `Create it first: kubectl create namespace ${namespace}`,
    },
  ]
}

function namespaceBody(name: string): JsonObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }
}

function prune(request: StoreRequest, file: string, targets: readonly Target[]): readonly Change[] {
  const kept = new Set(targets.map(({ ref }) => objectKey(ref)))
  const gone = Object.values(request.store.toRecord()).filter(
    (object) => object.source?.file === file && !kept.has(objectKey(object.ref)),
  )
  for (const object of gone) removeWithDependents(request.store, object.ref)
  return gone.map(({ ref }) => ({ ref, verb: 'deleted' }))
}
