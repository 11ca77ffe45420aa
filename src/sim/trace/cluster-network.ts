/**
 * A cluster's machines as a {@link Network}: nodes, Pods, the router between the LANs, a laptop, and the links between them.
 */
import type { Cluster } from '../cluster/cluster.ts'
import type { Pod } from '../cluster/objects.ts'
import type { Host, Link, Network } from '../network/network.ts'
import { nodeHost } from './node-host.ts'
import { laptopHost, routerHost } from './outside-hosts.ts'
import { sandbox, vethLink } from './pod-host.ts'
import { lanLinkName, surroundingsOf, type Surroundings } from './surroundings.ts'

/** Assumed latency of a LAN, one way, in milliseconds. */
const LAN_MS = 0.15

const networks = new WeakMap<Cluster, Network>()

/** The network of a cluster; the same cluster gives the same object. */
export function networkOf(cluster: Cluster): Network {
  const known = networks.get(cluster)
  if (known !== undefined) return known
  const network = buildNetwork(cluster)
  networks.set(cluster, network)
  return network
}

function buildNetwork(cluster: Cluster): Network {
  const around = surroundingsOf(cluster)
  const pods = cluster.pods.filter(hasSandbox)
  const onNode = (name: string) => pods.filter((pod) => pod.nodeName === name)
  const hosts = [
    ...cluster.nodes.map((node) => nodeHost(cluster, node, onNode(node.ref.name), around)),
    ...pods.map(sandbox),
    routerHost(around),
    laptopHost(around),
  ]
  return {
    hosts: Object.fromEntries(hosts.map((host) => [host.name, host])),
    links: Object.fromEntries([...lanLinks(hosts, around), ...pods.map(vethLink)]),
  }
}

/** Whether the Pod has a network of its own that runs. */
function hasSandbox(pod: Pod): boolean {
  const runs = pod.phase === 'Running' || (pod.phase === 'Pending' && pod.waitingReason === undefined)
  return runs && !pod.hostNetwork && pod.nodeName !== undefined && pod.ip !== undefined
}

function lanLinks(hosts: readonly Host[], around: Surroundings): [string, Link][] {
  return around.lans.map((lan) => {
    const name = lanLinkName(lan.cidr)
    const ends = hosts.flatMap((host) =>
      host.interfaces
        .filter((each) => each.link === name)
        .map((each) => ({ host: host.name, interfaceName: each.name })),
    )
    return [name, { kind: 'lan', latencyMs: LAN_MS, ends }]
  })
}
