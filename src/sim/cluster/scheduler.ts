/**
 * Models kube-scheduler's spreading (1.32, default profile): among the nodes that fit, the one with the fewest Pods of the same
 * workload (PodTopologySpread's default constraint), then with the fewest Pods at all (NodeResourcesFit, LeastAllocated, with Pods
 * that ask for nothing), then by lot, as the real one does among equals. Weights, resources and images are left out.
 */
import { drawBelow } from '../draw.ts'
import { objectAt, textAt } from '../manifest/json-fields.ts'
import { streamOf, update } from './control-loop.ts'
import type { ControlLoop } from './control-loop.ts'
import { groupBy } from './group-by.ts'
import { hostPorts, refusal } from './node-fit.ts'
import { objectKey } from './object-ref.ts'
import type { ApiObject, Node } from './objects.ts'
import { timestamp } from './object-identity.ts'
import { readNode } from './read-node.ts'
import { readPod } from './read-pod.ts'

/** Binds every Pod without a node to one, in the order in which they were made; what fits nowhere stays Pending and says why. */
export function schedulePods(loop: ControlLoop): void {
  const waiting = loop.store
    .ofKind('Pod')
    .filter((pod) => readPod(pod).nodeName === undefined && isPending(pod))
  if (waiting.length === 0) return
  const nodes = loop.store.ofKind('Node').map(readNode)
  const load = loadOf(loop, nodes)
  for (const pod of waiting) schedule(loop, pod, nodes, load)
}

interface NodeLoad {
  pods: number
  readonly ofOwner: Map<string, number>
  readonly takenPorts: Set<string>
}

type Load = ReadonlyMap<string, NodeLoad>

function loadOf(loop: ControlLoop, nodes: readonly Node[]): Load {
  const load = new Map(
    nodes.map((node): [string, NodeLoad] => [
      node.ref.name,
      { pods: 0, ofOwner: new Map<string, number>(), takenPorts: new Set<string>() },
    ]),
  )
  for (const pod of loop.store.ofKind('Pod')) {
    const node = load.get(readPod(pod).nodeName ?? '')
    if (node !== undefined) addTo(node, pod)
  }
  return load
}

function addTo(node: NodeLoad, pod: ApiObject): void {
  node.pods++
  const owner = ownerKey(pod)
  node.ofOwner.set(owner, (node.ofOwner.get(owner) ?? 0) + 1)
  for (const port of hostPorts(objectAt(pod.body, 'spec'))) node.takenPorts.add(port)
}

function ownerKey(pod: ApiObject): string {
  return objectKey(pod.owner ?? pod.ref)
}

function isPending(pod: ApiObject): boolean {
  return (textAt(pod.body, 'status', 'phase') ?? 'Pending') === 'Pending'
}

function schedule(loop: ControlLoop, pod: ApiObject, nodes: readonly Node[], load: Load): void {
  const spec = objectAt(pod.body, 'spec')
  const judged = nodes.map((node) => ({
    node,
    refused: refusal(spec, node, load.get(node.ref.name)?.takenPorts ?? new Set()),
  }))
  const fitting = judged.filter(({ refused }) => refused === undefined).map(({ node }) => node)
  const chosen = choose(loop, pod, fitting, load)
  if (chosen === undefined) {
    update(loop, pod, {
      status: pendingStatus(
        loop,
        pod,
        judged.flatMap(({ refused }) => refused ?? []),
      ),
    })
    return
  }
  const bound = update(loop, pod, {
    spec: { ...spec, nodeName: chosen.ref.name },
    status: { phase: 'Pending' },
  })
  const node = load.get(chosen.ref.name)
  if (node !== undefined) addTo(node, bound)
}

function choose(loop: ControlLoop, pod: ApiObject, nodes: readonly Node[], load: Load): Node | undefined {
  const owner = ownerKey(pod)
  const scored = nodes.map((node) => {
    const { pods, ofOwner } = load.get(node.ref.name) ?? { pods: 0, ofOwner: new Map<string, number>() }
    return { node, ofOwner: ofOwner.get(owner) ?? 0, pods }
  })
  const fewestOfOwner = Math.min(...scored.map(({ ofOwner }) => ofOwner))
  const spread = scored.filter(({ ofOwner }) => ofOwner === fewestOfOwner)
  const fewest = Math.min(...spread.map(({ pods }) => pods))
  const best = spread.filter(({ pods }) => pods === fewest)
  const { namespace, name } = pod.ref
  return best.length === 0
    ? undefined
    : best[drawBelow(streamOf(loop, `schedule/${namespace}/${name}`), best.length)]?.node
}

/** `0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector.` Reasons in alphabetical order. */
function pendingStatus(loop: ControlLoop, pod: ApiObject, refusals: readonly string[]): ApiObject['body'] {
  const counts = groupBy(refusals, (reason) => reason)
  const reasons = [...counts].map(([reason, all]) => `${all.length} ${reason}`).toSorted()
  const message =
    refusals.length === 0
      ? 'no nodes available to schedule pods'
      : `0/${refusals.length} nodes are available: ${reasons.join(', ')}.`
  const before = objectAt(pod.body, 'status')
  const said = textAt(objectAt(before, 'conditions', 0), 'message')
  if (said === message) return before
  return {
    phase: 'Pending',
    conditions: [
      {
        type: 'PodScheduled',
        status: 'False',
        reason: 'Unschedulable',
        message,
        lastProbeTime: null,
        lastTransitionTime: timestamp(loop.nowMs),
      },
    ],
    qosClass: 'BestEffort',
  }
}
