/**
 * Which node answers ARP for a load balancer's address. Models MetalLB's layer 2 mode (speaker/layer2_controller.go, ShouldAnnounce): the
 * node with the smallest SHA-256 of `NODE#ADDRESS` among those that may. No interface has the address; the rules of kube-proxy take its
 * packets on the node that answers. A speaker lives where its Pod is ready; where a cluster shows no speaker's Pod, one is assumed on every
 * node that is ready. Left out: BGP, a Lease an address, and addresses that no pool has: another balancer's, which is not modelled.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import type { Cluster } from '../cluster/cluster.ts'
import type { ObjectRef } from '../cluster/object-ref.ts'
import type { AddressPool, Node, PoolAdvertisement, Service } from '../cluster/objects.ts'
import { isInPool } from '../cluster/read-metallb.ts'
import { matchesSelector } from '../manifest/label-selector.ts'
import type { IpAddress } from '../network/address.ts'
import { servingEndpoints } from './serving-endpoints.ts'

/** Why a node does not answer, in the order in which it is asked; `smallest` is the one that does. */
export type AnnouncerVerdict =
  | 'smallest'
  | 'larger'
  | 'no-speaker'
  | 'node-not-ready'
  | 'network-unavailable'
  | 'excluded'
  | 'not-selected'
  | 'no-endpoint'

export interface AnnouncerCandidate {
  readonly node: string
  /** Of `NODE#ADDRESS`, hexadecimal. */
  readonly hash: string
  readonly verdict: AnnouncerVerdict
}

/** Who answers for one address. Candidates in the order of their hashes, all nodes of the cluster. */
export interface Announcement {
  readonly address: IpAddress
  readonly service: ObjectRef
  readonly pool: ObjectRef
  readonly advertisements: readonly ObjectRef[]
  /** Absent: nobody. */
  readonly node?: string
  readonly candidates: readonly AnnouncerCandidate[]
  /** Why nobody may: no L2Advertisement selects the pool, or no endpoint serves anywhere; of a pool that BGP alone announces nothing is known. */
  readonly nobody?: 'no-advertisement' | 'no-endpoint' | 'bgp'
}

/** The addresses that a node answers for, in the order of the Services. */
export function announcedBy(cluster: Cluster, node: Node): readonly IpAddress[] {
  return announcements(cluster)
    .filter((each) => each.node === node.ref.name)
    .map(({ address }) => address)
}

/** Who answers for the address; undefined for one that no pool has. */
export function announcementOf(cluster: Cluster, address: IpAddress): Announcement | undefined {
  return announcements(cluster).find((each) => each.address === address)
}

const decided = new WeakMap<Cluster, readonly Announcement[]>()

/** Services that share an address share its node: the first of them decides. */
function announcements(cluster: Cluster): readonly Announcement[] {
  const known = decided.get(cluster)
  if (known !== undefined) return known
  const found = balancedServices(cluster.services).flatMap((service) =>
    service.loadBalancerIngress.flatMap(({ ip, ipMode }) =>
      ip === undefined || ipMode === 'Proxy' ? [] : (decide(cluster, service, ip) ?? []),
    ),
  )
  decided.set(cluster, found)
  return found
}

const balanced = new WeakMap<readonly Service[], readonly Service[]>()

/** Those with an address of a balancer: few of ten thousand, and every node asks. */
function balancedServices(services: readonly Service[]): readonly Service[] {
  const known = balanced.get(services)
  if (known !== undefined) return known
  const found = services.filter(({ loadBalancerIngress }) => loadBalancerIngress.length > 0)
  balanced.set(services, found)
  return found
}

function decide(cluster: Cluster, service: Service, address: IpAddress): Announcement | undefined {
  const pool = cluster.addressPools.find((each) => isInPool(each, address))
  if (pool === undefined) return undefined
  const advertisements = cluster.l2Advertisements.filter((each) => selects(each, pool))
  const serving = servingEndpoints(cluster, service).map(({ nodeName }) => nodeName)
  const candidates = cluster.nodes
    .map((node) => ({ node, hash: rank(node.ref.name, address) }))
    .toSorted((a, b) => (a.hash < b.hash ? -1 : 1))
    .map(({ node, hash }): AnnouncerCandidate & { readonly isLost: boolean } => {
      const lost = whyNot(cluster, node, advertisements, service, serving)
      return { node: node.ref.name, hash, verdict: lost ?? 'larger', isLost: lost !== undefined }
    })
  const common = {
    address,
    service: service.ref,
    pool: pool.ref,
    advertisements: advertisements.map(({ ref }) => ref),
  }
  const told = candidates.map(({ node, hash, verdict }) => ({ node, hash, verdict }))
  if (advertisements.length === 0) {
    const isByBgp = cluster.bgpAdvertisements.some((each) => selects(each, pool))
    return { ...common, candidates: told, nobody: isByBgp ? 'bgp' : 'no-advertisement' }
  }
  if (serving.length === 0) return { ...common, candidates: told, nobody: 'no-endpoint' }
  const winner = candidates.find(({ isLost }) => !isLost)?.node
  if (winner === undefined) return { ...common, candidates: told }
  return {
    ...common,
    node: winner,
    candidates: told.map((each) => (each.node === winner ? { ...each, verdict: 'smallest' } : each)),
  }
}

function selects(
  { ref, pools, poolSelectors }: PoolAdvertisement,
  { ref: pool, labels }: AddressPool,
): boolean {
  // MetalLB reads the objects of its own namespace alone.
  if (ref.namespace !== pool.namespace) return false
  if (pools.length === 0 && poolSelectors.length === 0) return true
  return pools.includes(pool.name) || poolSelectors.some((selector) => matchesSelector(selector, labels))
}

const EXCLUDED = 'node.kubernetes.io/exclude-from-external-load-balancers'
/** Every node's way to its LAN here. */
const INTERFACE = 'eth0'

function whyNot(
  cluster: Cluster,
  node: Node,
  advertisements: readonly PoolAdvertisement[],
  { externalTrafficPolicy }: Service,
  serving: readonly (string | undefined)[],
): Exclude<AnnouncerVerdict, 'smallest' | 'larger'> | undefined {
  if (!hasSpeaker(cluster, node)) return node.ready ? 'no-speaker' : 'node-not-ready'
  if (node.networkUnavailable) return 'network-unavailable'
  if (EXCLUDED in node.labels) return 'excluded'
  const isChosen = advertisements.some(
    ({ nodeSelectors, interfaces }) =>
      (nodeSelectors.length === 0 ||
        nodeSelectors.some((selector) => matchesSelector(selector, node.labels))) &&
      (interfaces.length === 0 || interfaces.includes(INTERFACE)),
  )
  if (advertisements.length > 0 && !isChosen) return 'not-selected'
  return externalTrafficPolicy === 'Local' && !serving.includes(node.ref.name) ? 'no-endpoint' : undefined
}

const speakers = new WeakMap<Cluster['pods'], readonly Cluster['pods'][number][]>()

function hasSpeaker({ pods }: Cluster, node: Node): boolean {
  const known =
    speakers.get(pods) ??
    pods.filter(({ containers }) => containers.some(({ image }) => image.includes('metallb/speaker')))
  speakers.set(pods, known)
  if (known.length === 0) return node.ready
  return known.some(({ nodeName, ready }) => nodeName === node.ref.name && ready)
}

/** The fields behind the decision: the pool, what announces it, and the Service with its policy. */
export function announcementOrigins({ pool, advertisements, service }: Announcement) {
  return [
    { object: pool, paths: [['spec', 'addresses']] },
    ...advertisements.map((object) => ({ object, paths: [['spec']] })),
    {
      object: service,
      paths: [
        ['spec', 'type'],
        ['spec', 'externalTrafficPolicy'],
      ],
    },
  ]
}

function rank(node: string, address: IpAddress): string {
  const digest = sha256(Uint8Array.from(`${node}#${address}`, (character) => character.charCodeAt(0)))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
