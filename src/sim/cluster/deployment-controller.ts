/**
 * Models the Deployment controller at rest (pkg/controller/deployment, 1.32): one ReplicaSet for each template that the Deployment
 * ever had, the current one with all replicas, the others with none. A roll-out is shown as completed, even where a real one would
 * stop halfway because new Pods never get ready.
 */
import { listAt, numberAt, objectAt, sameJson, textAt, textMapAt } from '../manifest/json-fields.ts'
import type { JsonObject } from '../manifest/manifest.ts'
import { create, update } from './control-loop.ts'
import type { ControlLoop } from './control-loop.ts'
import { templateHash, timestamp } from './object-identity.ts'
import type { ApiObject } from './objects.ts'
import { isConditionTrue } from './read-pod.ts'

/** The label by which a ReplicaSet tells its Pods from those of its siblings. */
const TEMPLATE_HASH_LABEL = 'pod-template-hash'
const REVISION = 'deployment.kubernetes.io/revision'

/** Gives every Deployment its ReplicaSets. Their Pods are the ReplicaSet controller's. */
export function syncDeployments(loop: ControlLoop): void {
  const strays = strayPods(loop)
  for (const deployment of loop.store.ofKind('Deployment')) syncDeployment(loop, deployment, strays)
}

/** The Deployments' statuses, counted from their ReplicaSets, whose own are written. */
export function writeDeploymentStatuses(loop: ControlLoop): void {
  for (const deployment of loop.store.ofKind('Deployment')) writeStatus(loop, deployment)
}

/** Pods of a paste whose ReplicaSets were not pasted with them. */
function strayPods(loop: ControlLoop): readonly ApiObject[] {
  return loop.store
    .ofKind('Pod')
    .filter(({ owner }) => owner?.kind === 'ReplicaSet' && loop.store.get(owner) === undefined)
}

function syncDeployment(loop: ControlLoop, deployment: ApiObject, strays: readonly ApiObject[]): void {
  const spec = objectAt(deployment.body, 'spec')
  const replicas = numberAt(spec, 'replicas') ?? 1
  const siblings = loop.store.ownedBy(deployment.ref).filter((object) => object.ref.kind === 'ReplicaSet')
  const template = objectAt(spec, 'template')
  const current = siblings.find((set) => sameJson(templateOf(set), withoutTime(template)))
  const revision = Math.max(0, ...siblings.map(revisionOf)) + 1
  const hash = hashOfStrays(deployment, strays) ?? templateHash(withoutTime(template))
  const active = current ?? createReplicaSet(loop, deployment, { template, hash, revision })
  scaleTo(loop, active, replicas)
  if (current !== undefined && revisionOf(current) < revision - 1) setRevision(loop, current, revision)
  setRevision(loop, deployment, revisionOf(loop.store.get(active.ref) ?? active))
  const old = siblings.filter((set) => set.ref.name !== active.ref.name)
  for (const set of old) scaleTo(loop, set, 0)
  forgetOldest(loop, old, numberAt(spec, 'revisionHistoryLimit') ?? 10)
}

/** The hash by which stray Pods are the Deployment's, so that the ReplicaSet made for them is theirs. */
function hashOfStrays(deployment: ApiObject, strays: readonly ApiObject[]): string | undefined {
  const { namespace, name } = deployment.ref
  for (const pod of strays) {
    const hash = textAt(pod.body, 'metadata', 'labels', TEMPLATE_HASH_LABEL)
    if (pod.ref.namespace === namespace && hash !== undefined && pod.owner?.name === `${name}-${hash}`)
      return hash
  }
  return undefined
}

function createReplicaSet(
  loop: ControlLoop,
  deployment: ApiObject,
  made: { readonly template: JsonObject; readonly hash: string; readonly revision: number },
): ApiObject {
  const { template, hash, revision } = made
  const spec = objectAt(deployment.body, 'spec')
  const labels = { ...textMapAt(template, 'metadata', 'labels'), [TEMPLATE_HASH_LABEL]: hash }
  const selector = objectAt(spec, 'selector')
  return create(loop, {
    ref: { kind: 'ReplicaSet', namespace: deployment.ref.namespace, name: `${deployment.ref.name}-${hash}` },
    apiVersion: 'apps/v1',
    metadata: { labels, annotations: { [REVISION]: String(revision) }, generation: 1 },
    rest: {
      spec: {
        replicas: 0,
        selector: {
          ...selector,
          matchLabels: { ...objectAt(selector, 'matchLabels'), [TEMPLATE_HASH_LABEL]: hash },
        },
        template: { ...template, metadata: { ...objectAt(template, 'metadata'), labels } },
      },
    },
    owner: deployment,
  })
}

/** A ReplicaSet's template as its Deployment has it: without the hash among its labels. */
function templateOf(set: ApiObject): JsonObject {
  const template = objectAt(set.body, 'spec', 'template')
  const labels = Object.entries(objectAt(template, 'metadata', 'labels'))
  const metadata = {
    ...objectAt(template, 'metadata'),
    labels: Object.fromEntries(labels.filter(([key]) => key !== TEMPLATE_HASH_LABEL)),
  }
  return withoutTime({ ...template, metadata })
}

function withoutTime(template: JsonObject): JsonObject {
  const metadata = Object.entries(objectAt(template, 'metadata')).filter(
    ([key]) => key !== 'creationTimestamp',
  )
  return { ...template, metadata: Object.fromEntries(metadata) }
}

function scaleTo(loop: ControlLoop, set: ApiObject, replicas: number): void {
  update(loop, loop.store.get(set.ref) ?? set, { spec: { ...objectAt(set.body, 'spec'), replicas } })
}

function revisionOf(set: ApiObject): number {
  return Number(textAt(set.body, 'metadata', 'annotations', REVISION) ?? 0) || 0
}

/** Going back to an old template makes its ReplicaSet the newest revision. */
function setRevision(loop: ControlLoop, object: ApiObject, revision: number): void {
  const now = loop.store.get(object.ref) ?? object
  const metadata = objectAt(now.body, 'metadata')
  const annotations = { ...objectAt(metadata, 'annotations'), [REVISION]: String(revision) }
  update(loop, now, { metadata: { ...metadata, annotations } })
}

function forgetOldest(loop: ControlLoop, old: readonly ApiObject[], limit: number): void {
  const oldestFirst = old.toSorted((a, b) => revisionOf(a) - revisionOf(b))
  for (const set of oldestFirst.slice(0, Math.max(0, old.length - limit))) {
    for (const pod of loop.store.ownedBy(set.ref)) loop.store.remove(pod.ref)
    loop.store.remove(set.ref)
  }
}

function writeStatus(loop: ControlLoop, deployment: ApiObject): void {
  const spec = objectAt(deployment.body, 'spec')
  const template = withoutTime(objectAt(spec, 'template'))
  const sets = loop.store.ownedBy(deployment.ref).filter((object) => object.ref.kind === 'ReplicaSet')
  const current = sets.find((set) => sameJson(templateOf(set), template))
  const sum = (field: string) =>
    sets.reduce((total, set) => total + (numberAt(set.body, 'status', field) ?? 0), 0)
  const desired = numberAt(spec, 'replicas') ?? 1
  const [replicas, ready] = [sum('replicas'), sum('readyReplicas')]
  const isAvailable = ready >= desired - Math.floor(desired / 4)
  update(loop, deployment, {
    status: {
      observedGeneration: numberAt(deployment.body, 'metadata', 'generation') ?? 1,
      ...positive({
        replicas,
        updatedReplicas: numberAt(current?.body, 'status', 'replicas') ?? 0,
        readyReplicas: ready,
        availableReplicas: ready,
        unavailableReplicas: Math.max(0, desired - ready),
      }),
      conditions: [availability(loop, deployment, isAvailable), progress(loop, deployment)],
    },
  })
}

/** Counts of 0 are left out of a status (`omitempty`). */
function positive(counts: Readonly<Record<string, number>>): JsonObject {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))
}

function availability(loop: ControlLoop, deployment: ApiObject, isAvailable: boolean): JsonObject {
  return condition(loop, deployment, 'Available', isAvailable, {
    reason: isAvailable ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
    message: isAvailable
      ? 'Deployment has minimum availability.'
      : 'Deployment does not have minimum availability.',
  })
}

function progress(loop: ControlLoop, deployment: ApiObject): JsonObject {
  const sets = loop.store.ownedBy(deployment.ref)
  const name = sets.at(-1)?.ref.name ?? ''
  return condition(loop, deployment, 'Progressing', true, {
    reason: 'NewReplicaSetAvailable',
    message: `ReplicaSet "${name}" has successfully progressed.`,
  })
}

/** A condition keeps its times while its status stays. */
function condition(
  loop: ControlLoop,
  deployment: ApiObject,
  type: string,
  holds: boolean,
  words: { readonly reason: string; readonly message: string },
): JsonObject {
  const before = conditionOf(deployment, type)
  const kept = before !== undefined && isConditionTrue(deployment.body['status'], type) === holds
  const time = kept
    ? before
    : { lastTransitionTime: timestamp(loop.nowMs), lastUpdateTime: timestamp(loop.nowMs) }
  return {
    type,
    status: holds ? 'True' : 'False',
    ...words,
    lastTransitionTime: time['lastTransitionTime'] ?? timestamp(loop.nowMs),
    lastUpdateTime: time['lastUpdateTime'] ?? timestamp(loop.nowMs),
  }
}

function conditionOf(deployment: ApiObject, type: string): JsonObject | undefined {
  const found = listAt(deployment.body, 'status', 'conditions').find((item) => textAt(item, 'type') === type)
  return found === undefined ? undefined : objectAt(found)
}
