/**
 * CoreDNS's process in its Pods: which Corefile each runs by, and whether it runs at all. A new process reads the ConfigMap's; where
 * that does not start, the container crashes and its Pod is not ready. A running one takes a changed file by its `reload` plugin; a file that
 * it refuses it leaves, but a forward that leads back to itself ends it (CoreDNS 1.14.7 plugin/reload, plugin/loop).
 * Left out: the minute or so until kubelet writes the file and CoreDNS looks at it.
 */
import type { Cluster } from './cluster/cluster.ts'
import { corefileOf } from './cluster/coredns-config.ts'
import { finish, openChange } from './cluster/cluster-change.ts'
import type { ApiObject, Pod } from './cluster/objects.ts'
import type { Millis } from './clock.ts'
import { parseCorefile } from './dns/corefile.ts'
import type { CorefileProblem } from './dns/corefile-blocks.ts'
import { startProblems } from './dns/start-problems.ts'
import { isObject, listAt, objectAt, textAt } from './manifest/json-fields.ts'
import type { JsonObject } from './manifest/manifest.ts'
import { isCoreDns } from './trace/subjects.ts'
import { nodeResolvConf } from './trace/vantage.ts'

/** The cluster once every CoreDNS process has taken the Corefile as it is now, or has not; the very same one where that changes nothing. */
export function runCoreDns(cluster: Cluster, nowMs: Millis): Cluster {
  const text = corefileOf(cluster)
  // Without the ConfigMap nothing is known of how it is configured.
  if (text === undefined) return cluster
  const problems = corefileProblems(cluster, text)
  const change = openChange(cluster, nowMs)
  let changed = false
  for (const pod of cluster.pods.filter(isCoreDns)) {
    const object = change.store.get(pod.ref)
    if (object === undefined || isPasted(object)) continue
    const next = nextProcess(pod, text, problems)
    if (next === pod.corefile && (next === undefined) === isCrashing(object)) continue
    change.store.put(next === undefined ? crashed(object) : running(object, next))
    changed = true
  }
  return changed ? finish(cluster, change, [], []).cluster : cluster
}

/** Everything that is wrong with it, what its node's resolv.conf has to do with it included. */
export function corefileProblems(cluster: Cluster, text: string): readonly CorefileProblem[] {
  const { config, problems } = parseCorefile(text)
  return config === undefined ? problems : [...problems, ...startProblems(config, nodeResolvConf(cluster))]
}

/** The Corefile that the Pod's process runs by from now on; undefined: none, it crashes. */
function nextProcess(pod: Pod, text: string, problems: readonly CorefileProblem[]): string | undefined {
  const starts = !problems.some(({ fatal }) => fatal)
  const { corefile } = pod
  if (corefile === undefined) return starts ? text : undefined
  if (corefile === text || !rereads(corefile)) return corefile
  if (starts) return text
  return problems.some(({ exits }) => exits) ? undefined : corefile
}

/** Whether a process with this Corefile looks at the file again. */
export function rereads(corefile: string): boolean {
  const blocks = parseCorefile(corefile).config?.blocks ?? []
  return blocks.some(({ plugins }) =>
    plugins.some((plugin) => plugin.kind === 'watching' && plugin.name === 'reload'),
  )
}

/** A Pod whose status a manifest gave is as that says. */
function isPasted(object: ApiObject): boolean {
  return object.source?.ranges['status'] !== undefined
}

function isCrashing({ body }: ApiObject): boolean {
  return listAt(body, 'status', 'containerStatuses').some(
    (container) => textAt(container, 'state', 'waiting', 'reason') === 'CrashLoopBackOff',
  )
}

function crashed(object: ApiObject): ApiObject {
  const { corefile: _, ...rest } = object
  const state = {
    waiting: {
      reason: 'CrashLoopBackOff',
      message: `back-off 5m0s restarting failed container=coredns pod=${object.ref.name}`,
    },
  }
  return {
    ...rest,
    body: withStatus(object, false, { ready: false, started: false, restartCount: 5, state }),
  }
}

function running(object: ApiObject, corefile: string): ApiObject {
  if (!isCrashing(object)) return { ...object, corefile }
  const startedAt = textAt(object.body, 'status', 'startTime') ?? ''
  const container = { ready: true, started: true, state: { running: { startedAt } } }
  return { ...object, corefile, body: withStatus(object, true, container) }
}

function withStatus({ body }: ApiObject, ready: boolean, container: JsonObject): JsonObject {
  const status = objectAt(body, 'status')
  const conditions = listAt(status, 'conditions').map((item) =>
    isObject(item) && (item['type'] === 'Ready' || item['type'] === 'ContainersReady')
      ? { ...item, status: ready ? 'True' : 'False' }
      : item,
  )
  const containerStatuses = listAt(status, 'containerStatuses').map((item) =>
    isObject(item) ? { ...item, ...container } : item,
  )
  return { ...body, status: { ...status, conditions, containerStatuses } }
}
