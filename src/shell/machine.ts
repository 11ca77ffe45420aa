/** The machine at which a line is typed: a node, a Pod's container, or the laptop; and the programs that stand there. */
import type { Cluster } from '../sim/cluster/cluster.ts'
import type { Container, Node, Pod } from '../sim/cluster/objects.ts'
import type { Vantage } from '../sim/trace/request.ts'
import { commonTools, imageOf } from './images.ts'
import { findPackage } from './packages.ts'
import type { Toolset } from './program-id.ts'
import type { ShellSession } from './session.ts'

interface MachineBase {
  /** The key of this machine in a session. A Pod made anew has another. */
  readonly key: string
  readonly hostname: string
  /** Absent: no shell there. */
  readonly shell?: 'bash' | 'sh'
  readonly userland: 'gnu' | 'busybox'
  readonly tools: Toolset
}

/** `imageKnown` false: nobody can say what is in it, and `tools` is empty. */
export type Machine =
  | (MachineBase & { readonly kind: 'node'; readonly node: Node })
  | (MachineBase & { readonly kind: 'laptop' })
  | (MachineBase & {
      readonly kind: 'pod'
      readonly pod: Pod
      readonly container: Container
      readonly imageKnown: boolean
    })

/** The machine of a vantage, with the packages that the session installed; `undefined`: there is none. */
export function machineAt(
  cluster: Cluster,
  session: ShellSession,
  at: Vantage,
  containerName?: string,
): Machine | undefined {
  if (at === 'laptop') {
    return { kind: 'laptop', key: at, hostname: at, shell: 'bash', userland: 'gnu', tools: laptopTools }
  }
  const pod = findPod(cluster, at)
  if (pod !== undefined) return podMachine(pod, session, containerName)
  const node = cluster.nodes.find((candidate) => candidate.ref.name === at)
  if (node === undefined) return undefined
  return { kind: 'node', key: at, hostname: at, shell: 'bash', userland: 'gnu', tools: nodeTools, node }
}

/** The Pod of `pod/NAMESPACE/NAME`. */
function findPod(cluster: Cluster, at: Vantage): Pod | undefined {
  const [word, namespace, name] = at.split('/')
  if (word !== 'pod') return undefined
  return cluster.pods.find((pod) => pod.ref.namespace === namespace && pod.ref.name === name)
}

/** A workstation with Debian 12: no part of the cluster, but kubectl reaches it. */
const laptopTools: Toolset = {
  ...commonTools,
  bash: 'sh',
  curl: 'curl',
  dig: 'dig',
  getent: 'getent',
  host: 'host',
  ingress2gateway: 'ingress2gateway',
  ip: 'ip',
  kubectl: 'kubectl',
  nc: 'not-simulated',
  nslookup: 'nslookup',
  openssl: 'not-simulated',
  ping: 'ping',
  ss: 'not-simulated',
  tcpdump: 'not-simulated',
  traceroute: 'not-simulated',
  wget: 'wget',
}

/** A node with Debian 12. */
const nodeTools: Toolset = {
  ...laptopTools,
  bridge: 'bridge',
  calicoctl: 'not-simulated',
  conntrack: 'conntrack',
  crictl: 'not-simulated',
  ctr: 'not-simulated',
  iptables: 'not-simulated',
  'iptables-save': 'iptables-save',
  'ip6tables-save': 'ip6tables-save',
  ipset: 'ipset',
  ipvsadm: 'ipvsadm',
  nft: 'nft',
  ss: 'ss',
}

function podMachine(pod: Pod, session: ShellSession, containerName?: string): Machine | undefined {
  const container =
    containerName === undefined
      ? pod.containers[0]
      : pod.containers.find((candidate) => candidate.name === containerName)
  if (container === undefined) return undefined
  const image = imageOf(container.image)
  const key = `pod/${pod.ref.namespace}/${pod.ref.name}/${container.name}@${pod.createdAtMs}`
  const installed = (session.packages[key] ?? []).map((name) => findPackage(name)?.tools ?? {})
  return {
    kind: 'pod',
    key,
    hostname: pod.hostname ?? pod.ref.name,
    ...(image?.shell !== undefined && { shell: image.shell }),
    userland: image?.userland ?? 'busybox',
    tools: installed.reduce<Toolset>((all, tools) => ({ ...all, ...tools }), image?.tools ?? {}),
    pod,
    container,
    imageKnown: image !== undefined,
  }
}
