/**
 * The world while one request is under way: what runs, what the controllers have written of it, each node's kernel, the clock.
 * It is the one thing here that changes in place; it lives for one request and only its end is kept. A Pod that is deleted is gone at
 * once, as with `--grace-period=0 --force`: SIGTERM and the seconds in which it still serves are left out.
 */
import type { Cluster } from '../cluster/cluster.ts'
import { deleteObject } from '../cluster/delete-object.ts'
import { modeOf, pastedRulesOf } from '../cluster/pasted-rules.ts'
import { ZONE_LABEL } from '../cluster/zone-cpus.ts'
import { later, type Millis } from '../clock.ts'
import { isLoopback, type IpVersion } from '../network/address.ts'
import { openStream, type Draw } from '../draw.ts'
import { DUMMY_INTERFACE } from '../kube-proxy/ipvs-addresses.ts'
import { conntrackSettings } from '../kube-proxy/conntrack-settings.ts'
import { compileNodeRules, type NodeRules } from '../kube-proxy/compile-node-rules.ts'
import type { NodeRulesInput } from '../kube-proxy/node-rules-input.ts'
import { importedNftRules } from '../kube-proxy/imported-nft-rules.ts'
import { withImportedSets } from '../kube-proxy/imported-sets.ts'
import { importedRules } from '../kube-proxy/imported-rules.ts'
import type { NetfilterState } from '../netfilter/evaluation.ts'
import { emptyIpvs, withServers } from '../netfilter/ipvs-state.ts'
import { openNetfilter } from '../netfilter/open-netfilter.ts'
import type { Sender } from '../netfilter/sender.ts'
import { rationError, type DueError, type IcmpRation, type Rationed } from '../network/icmp-ration.ts'
import type { WalkWorld } from '../network/walk.ts'
import { networkOf } from './cluster-network.ts'
import { senderOf } from './packet-sender.ts'
import { forgetStaleUdp } from './forget-stale-udp.ts'
import type { Interruption } from './request.ts'

/** What each node's netfilter remembers, by {@link kernelName}. A node without an entry has seen nothing yet. */
export type Kernels = Readonly<Record<string, NetfilterState>>

/** What hosts have left of their ICMP errors, by host name. A host without an entry has sent none. */
export type Rations = Readonly<Record<string, IcmpRation>>

export interface World extends WalkWorld {
  /** What runs now. */
  cluster(): Cluster
  /** What EndpointSlices, records and rules say: behind `cluster()` for a moment after a change. */
  written(): Cluster
  /** The node's rules of a family, 4 unless named. */
  rules(node: string, version?: IpVersion): NodeRules
  kernels(): Kernels
  /** Remembers who speaks from a port of a host (or by an echo's id). */
  opened(host: string, port: number, sender: Sender): void
  /** Takes an ICMP error out of a host's ration, or holds it back. */
  rationError(host: string, due: DueError): Rationed
  rations(): Rations
  /** A stream of the request's seed. */
  stream(name: string): Draw
  /** Carries out what was to happen before the hop with this index. */
  beforeHop(index: number): void
}

/**
 * How long EndpointSlice controller and kube-proxy take together, assumed. A change after a quiet time is synced at once
 * (kube-proxy's minSyncPeriod of 1 s holds only between syncs); packets are a thousand times faster.
 */
const SYNC_MS = 200

/** Opens the world at `nowMs` with the kernels as an earlier request left them. */
export function openWorld(input: {
  readonly cluster: Cluster
  readonly kernels: Kernels
  readonly rations: Rations
  readonly nowMs: Millis
  readonly seed: number
  readonly interruptions: readonly Interruption[]
}): World {
  let running = input.cluster
  let written = input.cluster
  let now = input.nowMs
  let syncAt = Number.POSITIVE_INFINITY
  let waiting = [...input.interruptions]
  const kernels: Record<string, NetfilterState> = { ...input.kernels }
  const rations: Record<string, IcmpRation> = { ...input.rations }
  const streams = new Map<string, Draw>()

  const senders = new Map<string, Map<number, Sender>>()
  const openedOn = (host: string) => {
    const known = senders.get(host) ?? new Map<number, Sender>()
    senders.set(host, known)
    return known
  }
  const stream = (name: string) => {
    const known = streams.get(name)
    if (known !== undefined) return known
    const opened = openStream(input.seed, name)
    streams.set(name, opened)
    return opened
  }
  return {
    cluster: () => running,
    written: () => written,
    network: () => networkOf(running),
    rules: (node, version) => rulesOf(written, node, version),
    netfilter: (node, version) => netfilterOf(kernels, written, node, version),
    sets: (node, version) => rulesOf(written, node, version).sets,
    conntrack: (node) => conntrackSettings(written, node),
    sender: (name, packet) => {
      const host = networkOf(running).hosts[name]
      return host === undefined ? { kind: 'unknown' } : senderOf(running, host, packet, openedOn(name))
    },
    opened: (host, port, sender) => void openedOn(host).set(port, sender),
    remember: (node, state, version) => {
      kernels[kernelName(node, version)] = state
    },
    kernels: () => kernels,
    rationError: (host, due) => {
      const rationed = rationError(rations[host], due, now, stream(`icmp/${host}`))
      rations[host] = rationed.ration
      return rationed
    },
    rations: () => rations,
    now: () => now,
    passed: (ms) => {
      now = later(now, ms)
      if (now >= syncAt) {
        written = running
        syncAt = Number.POSITIVE_INFINITY
        Object.assign(kernels, syncedKernels(kernels, written))
      }
    },
    draw: (host) => stream(`kernel/${host}`),
    stream,
    beforeHop: (index) => {
      const due = waiting.filter((each) => each.beforeHop <= index)
      if (due.length === 0) return
      waiting = waiting.filter((each) => each.beforeHop > index)
      for (const { deletePod } of due)
        running = deleteObject(running, { kind: 'Pod', ...deletePod }, now).cluster
      syncAt = now + SYNC_MS
    },
  }
}

/** Under which name a node's netfilter is remembered: its own, and for IPv6 `host01 ip6`. */
export function kernelName(node: string, version: IpVersion = 4): string {
  return version === 4 ? node : `${node} ip6`
}

function rulesOf(cluster: Cluster, node: string, version: IpVersion = 4): NodeRules {
  return version === 4 ? nodeRules(cluster, node) : nodeIpv6Rules(cluster, node)
}

/** A node's netfilter of a family, 4 unless named, with the rules and virtual servers that kube-proxy has written; what it remembers stays. */
export function netfilterOf(
  kernels: Kernels,
  cluster: Cluster,
  node: string,
  version: IpVersion = 4,
): NetfilterState {
  const { ruleset, virtualServers, nft } = rulesOf(cluster, node, version)
  const known = kernels[kernelName(node, version)]
  const isWritten =
    known?.ruleset === ruleset &&
    known.nft?.table === nft?.table &&
    (virtualServers === undefined || known.ipvs?.wanted === virtualServers)
  if (isWritten) return known
  // Rules that are written anew count anew.
  const { ipvs = emptyIpvs, nft: before, nth: _, ...rest } = known ?? openNetfilter(ruleset)
  if (nft !== undefined)
    return { ...rest, ruleset, nft: { table: nft.table, dynamic: before?.dynamic ?? {} } }
  if (virtualServers === undefined) return { ...rest, ruleset }
  return { ...rest, ruleset, ipvs: withServers(ipvs, virtualServers) }
}

/** What the kernels remember once kube-proxy has written the rules of `cluster`. */
export function syncedKernels(kernels: Kernels, cluster: Cluster): Kernels {
  return Object.fromEntries(
    Object.entries(kernels).map(([node, old]) => {
      const isThere = cluster.nodes.some((each) => each.ref.name === node)
      const inIpvsMode = isThere && modeOf(cluster, node) === 'ipvs'
      const state = inIpvsMode ? netfilterOf(kernels, cluster, node) : old
      const conntrack = forgetStaleUdp(cluster, state.conntrack)
      return [node, conntrack === state.conntrack ? state : { ...state, conntrack }]
    }),
  )
}

type CompiledRules = WeakMap<Cluster, Map<string, NodeRules>>

const compiled: Readonly<Record<IpVersion, CompiledRules>> = { 4: new WeakMap(), 6: new WeakMap() }

/** The IPv6 rules that kube-proxy writes on a node, or those pasted in their place; a paste of IPv4's leaves them as they are. */
export function nodeIpv6Rules(cluster: Cluster, nodeName: string): NodeRules {
  return rulesOnce(cluster, nodeName, 6)
}

/** The rules that kube-proxy writes on a node, or those pasted in their place; the same cluster gives the same object. */
export function nodeRules(cluster: Cluster, nodeName: string): NodeRules {
  return rulesOnce(cluster, nodeName, 4)
}

function rulesOnce(cluster: Cluster, nodeName: string, version: IpVersion): NodeRules {
  const ofCluster = compiled[version].get(cluster) ?? new Map<string, NodeRules>()
  compiled[version].set(cluster, ofCluster)
  const rules = ofCluster.get(nodeName) ?? withPastes(cluster, nodeName, version)
  ofCluster.set(nodeName, rules)
  return rules
}

function withPastes(cluster: Cluster, nodeName: string, version: IpVersion): NodeRules {
  const computed = compileRules(cluster, nodeName, version)
  const saved = pastedRulesOf(cluster, nodeName, version === 4 ? 'iptables-save' : 'ip6tables-save')
  const beside = saved === undefined ? computed : importedRules(saved.ruleset, cluster, version, computed)
  const family = version === 4 ? 'ip' : 'ip6'
  const listed = pastedRulesOf(cluster, nodeName, 'nft')?.tables.find((table) => table.family === family)
  const listing = listed === undefined ? beside : importedNftRules(listed, cluster, version, beside)
  const sets = pastedRulesOf(cluster, nodeName, 'ipset-save')
  return sets === undefined ? listing : withImportedSets(listing, sets.sets)
}

function compileRules(cluster: Cluster, nodeName: string, version: IpVersion): NodeRules {
  return compileNodeRules({
    ...nodeProxyInput(cluster, nodeName),
    services: cluster.services,
    endpointSlices: cluster.endpointSlices,
    kubernetesVersion: cluster.config.kubernetesVersion,
    ipVersion: version,
    serviceCidrs: cluster.config.serviceSubnets,
    ipPools: cluster.ipPools.map(({ ref, cidr, natOutgoing, vxlanMode }) => ({
      cidr,
      natOutgoing,
      vxlan: vxlanMode !== 'Never',
      origin: { object: ref, paths: [['spec', 'natOutgoing']] },
    })),
  })
}

/** What a node's kube-proxy knows of itself: its configuration, the node's addresses, and what the kernel has. */
export function nodeProxyInput(
  cluster: Cluster,
  nodeName: string,
): Pick<NodeRulesInput, 'node' | 'config' | 'features'> {
  const node = cluster.nodes.find((each) => each.ref.name === nodeName)
  const host = networkOf(cluster).hosts[nodeName]
  const zone = node?.labels[ZONE_LABEL]
  return {
    node: {
      name: nodeName,
      podCidrs: node?.podCidrs ?? [],
      addresses: node?.addresses ?? [],
      interfaceAddresses: (host?.interfaces ?? [])
        .filter((each) => each.name !== DUMMY_INTERFACE)
        .flatMap((each) => each.addresses)
        .filter((address) => !isLoopback(address)),
      ...(zone === undefined ? {} : { zone }),
    },
    config: { ...cluster.config.kubeProxy, mode: modeOf(cluster, nodeName) },
    // Debian 12's iptables 1.8.9 knows --random-fully; its nodes have no nfacct counters.
    features: {
      randomFully: true,
      nfacct: [],
      conntrackTcpBeLiberal: cluster.config.kubeProxy.conntrack.tcpBeLiberal,
    },
  }
}
