/**
 * Which nodes a Pod may run on: the scheduler's filters NodeName, NodeUnschedulable, TaintToleration, NodeAffinity (with nodeSelector)
 * and NodePorts (pkg/scheduler/framework/plugins, 1.32), with the words that they say when they refuse. Resources, volumes and
 * affinity to other Pods are not looked at.
 */
import { listAt, numberAt, objectAt, textAt, textMapAt, textsAt } from '../manifest/json-fields.ts'
import type { JsonObject, JsonValue } from '../manifest/manifest.ts'
import { matchesSelector } from '../manifest/label-selector.ts'
import type { Node } from './objects.ts'

/**
 * Whether selector, affinity and taints let the Pod onto the node: what a DaemonSet asks. A node that is not ready keeps its
 * daemons.
 */
export function allowsNode(podSpec: JsonObject, node: Node): boolean {
  return matchesAffinity(podSpec, node) && untolerated(podSpec, { ...node, ready: true }) === undefined
}

/**
 * Why the scheduler does not put the Pod on the node, in the plugin's words, or undefined where it may.
 * @param takenPorts `PROTOCOL/PORT` of the node's own addresses that other Pods hold
 */
export function refusal(
  podSpec: JsonObject,
  node: Node,
  takenPorts: ReadonlySet<string>,
): string | undefined {
  const taint = untolerated(podSpec, node)
  if (
    node.unschedulable &&
    !tolerates(podSpec, { key: 'node.kubernetes.io/unschedulable', value: '', effect: 'NoSchedule' })
  )
    return 'node(s) were unschedulable'
  if (taint !== undefined) return `node(s) had untolerated taint {${taint.key}: ${taint.value}}`
  if (!matchesAffinity(podSpec, node)) return "node(s) didn't match Pod's node affinity/selector"
  if (hostPorts(podSpec).some((port) => takenPorts.has(port)))
    return "node(s) didn't have free ports for the requested pod ports"
  return undefined
}

/** Ports of the node itself that the Pod asks for, as `PROTOCOL/PORT`. */
export function hostPorts(podSpec: JsonObject): readonly string[] {
  return listAt(podSpec, 'containers').flatMap((container) =>
    listAt(container, 'ports').flatMap((port) => {
      const hostPort = numberAt(port, 'hostPort') ?? 0
      return hostPort === 0 ? [] : [`${textAt(port, 'protocol') ?? 'TCP'}/${hostPort}`]
    }),
  )
}

type Taint = Node['taints'][number]

/** The node's own taints, and those that its state brings. */
function taintsOf(node: Node): readonly Taint[] {
  const notReady: Taint = { key: 'node.kubernetes.io/not-ready', value: '', effect: 'NoSchedule' }
  return [...node.taints, ...(node.ready ? [] : [notReady])]
}

function untolerated(podSpec: JsonObject, node: Node): Taint | undefined {
  return taintsOf(node).find(
    (taint) =>
      taint.effect !== 'PreferNoSchedule' && !isUnschedulableTaint(taint) && !tolerates(podSpec, taint),
  )
}

/** Cordoning sets both the field and this taint; the field speaks for both. */
function isUnschedulableTaint(taint: Taint): boolean {
  return taint.key === 'node.kubernetes.io/unschedulable'
}

function tolerates(podSpec: JsonObject, taint: Taint): boolean {
  return listAt(podSpec, 'tolerations').some((toleration) => {
    const key = textAt(toleration, 'key') ?? ''
    const effect = textAt(toleration, 'effect') ?? ''
    const operator = textAt(toleration, 'operator') ?? 'Equal'
    if (effect !== '' && effect !== taint.effect) return false
    if (key === '') return operator === 'Exists'
    return key === taint.key && (operator === 'Exists' || (textAt(toleration, 'value') ?? '') === taint.value)
  })
}

function matchesAffinity(podSpec: JsonObject, node: Node): boolean {
  const named = textAt(podSpec, 'nodeName')
  if (named !== undefined && named !== '' && named !== node.ref.name) return false
  const selector = { matchLabels: textMapAt(podSpec, 'nodeSelector'), expressions: [] }
  if (!matchesSelector(selector, node.labels)) return false
  const terms = listAt(
    objectAt(podSpec, 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution'),
    'nodeSelectorTerms',
  )
  return terms.length === 0 || terms.some((term) => matchesTerm(term, node))
}

function matchesTerm(term: JsonValue, node: Node): boolean {
  const read = (field: string) =>
    listAt(term, field).map((item) => ({
      key: textAt(item, 'key') ?? '',
      operator: textAt(item, 'operator') ?? '',
      values: textsAt(item, 'values'),
    }))
  const labels = { matchLabels: {}, expressions: read('matchExpressions') }
  const fields = { matchLabels: {}, expressions: read('matchFields') }
  return matchesSelector(labels, node.labels) && matchesSelector(fields, { 'metadata.name': node.ref.name })
}
