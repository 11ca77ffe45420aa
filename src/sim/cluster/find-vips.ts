/**
 * Models kube-vip (ARP mode): the address in its Pods' environment stands on an interface of the node whose Pod leads. Who leads is
 * drawn among the ready ones, and stays so while that Pod is ready.
 */
import { drawBelow, openStream } from '../draw.ts'
import { parseIp } from '../network/address.ts'
import { listAt, textAt } from '../manifest/json-fields.ts'
import type { FieldPath } from '../manifest/manifest.ts'
import type { Vip } from './cluster.ts'
import type { ControlLoop } from './control-loop.ts'
import { groupBy } from './group-by.ts'
import type { Origin } from './object-ref.ts'
import type { ApiObject, Pod } from './objects.ts'
import { readPod } from './read-pod.ts'

/** The floating addresses, in order of their text. An address whose Pods are all down stands nowhere. */
export function findVips(loop: ControlLoop): readonly Vip[] {
  const candidates = loop.store.ofKind('Pod').flatMap((object) => candidate(object))
  return [...groupBy(candidates, ({ address }) => address)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, group]) => lead(loop, group))
}

interface Candidate {
  readonly address: string
  readonly pod: Pod
  readonly object: ApiObject
  readonly container: number
}

function candidate(object: ApiObject): readonly Candidate[] {
  const pod = readPod(object)
  return pod.containers.flatMap((container, index) => {
    const address = container.env['address'] ?? container.env['vip_address']
    return container.image.includes('kube-vip') && address !== undefined
      ? [{ address, pod, object, container: index }]
      : []
  })
}

function lead(loop: ControlLoop, group: readonly Candidate[]): readonly Vip[] {
  const ready = group
    .filter(({ pod }) => pod.ready && pod.nodeName !== undefined)
    .toSorted((a, b) => ((a.pod.nodeName ?? '') < (b.pod.nodeName ?? '') ? -1 : 1))
  const address = parseIp(group[0]?.address ?? '')
  if (address === undefined || ready.length === 0) return []
  const before = loop.previous?.vips.find((vip) => vip.address === address)?.node
  const kept = ready.find(({ pod }) => pod.nodeName === before)
  const drawn = ready[drawBelow(openStream(loop.seed, `kube-vip-leader/${address}`), ready.length)]
  const leader = kept ?? drawn
  if (leader?.pod.nodeName === undefined) return []
  const interfaceName = leader.pod.containers[leader.container]?.env['vip_interface'] ?? 'eth0'
  const candidates = group
    .flatMap(({ pod: { nodeName, ready: isReady } }) =>
      nodeName === undefined ? [] : [{ node: nodeName, ready: isReady }],
    )
    .toSorted((a, b) => (a.node < b.node ? -1 : 1))
  return [{ address, node: leader.pod.nodeName, interfaceName, candidates, origin: originOf(loop, leader) }]
}

/** The environment's entry, in the DaemonSet that the Pod comes from where it comes from one. */
function originOf(loop: ControlLoop, { object, container }: Candidate): Origin {
  const owner = object.owner === undefined ? undefined : loop.store.get(object.owner)
  const prefix: FieldPath = owner === undefined ? ['spec'] : ['spec', 'template', 'spec']
  const source = owner ?? object
  const env = listAt(object.body, 'spec', 'containers', container, 'env')
  const index = env.findIndex((variable) =>
    ['address', 'vip_address'].includes(textAt(variable, 'name') ?? ''),
  )
  return { object: source.ref, paths: [[...prefix, 'containers', container, 'env', index]] }
}
