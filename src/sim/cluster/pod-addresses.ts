/**
 * Addresses of Pods. With Calico: from the node's blocks, in order, going on behind the last one given (libcalico-go lib/ipam takes
 * from a queue at whose end freed addresses stand); the block's first address is the tunnel device's where the pool has an overlay.
 * Without Calico: from the node's podCIDR as the host-local plugin does, whose first address is the bridge's.
 */
import {
  addressAt,
  cidrContains,
  cidrSize,
  ipVersion,
  networkAddress,
  parseCidr,
  prefixBits,
} from '../network/address.ts'
import type { Cidr, IpAddress, IpVersion } from '../network/address.ts'
import { objectAt } from '../manifest/json-fields.ts'
import { create, update } from './control-loop.ts'
import type { ControlLoop } from './control-loop.ts'
import type { ApiObject, IpPool } from './objects.ts'
import { readAddressBlock, readIpPool } from './read-calico.ts'
import { readNode } from './read-node.ts'
import { readPod } from './read-pod.ts'

/** Gives a Pod on a node its addresses, one a family, the cluster's own family first; none where that one is used up. */
export type AddressesOf = (node: string) => readonly IpAddress[]

/** Opens the address management of one change. Addresses in use before it are not given again while others are free. */
export function openAddresses(loop: ControlLoop): AddressesOf {
  const inUse = addressesInUse(loop)
  const managers = familiesOf(loop).map((version) => openFamily(loop, version, inUse))
  return (node) => {
    const [first, ...others] = managers.map((next) => next(node))
    return first === undefined ? [] : [first, ...others].filter((each) => each !== undefined)
  }
}

/** Those of the Pods' ranges; with Calico of them those that it has pools for, or else what it has. */
function familiesOf(loop: ControlLoop): readonly IpVersion[] {
  const wanted = [...new Set(loop.config.podSubnets.map(ipVersion))]
  const pooled = new Set(poolsOf(loop).map(({ cidr }) => ipVersion(cidr)))
  const served = wanted.filter((version) => pooled.has(version))
  if (pooled.size === 0) return wanted
  return served.length > 0 ? served : [...pooled].slice(0, 1)
}

function openFamily(
  loop: ControlLoop,
  version: IpVersion,
  inUse: Set<string>,
): (node: string) => IpAddress | undefined {
  const rangesByNode = new Map<string, AddressRange[]>()
  return (node) => {
    const ranges = rangesByNode.get(node) ?? rangesOfNode(loop, node, version, inUse)
    rangesByNode.set(node, ranges)
    for (let range = ranges[0]; range !== undefined; range = ranges[0]) {
      const address = takeFrom(range, inUse)
      if (address !== undefined) return address
      ranges.shift() // Full: nothing comes free before the change is over.
    }
    const block = claimBlock(loop, node, version)
    if (block === undefined) return undefined
    const claimed = openRange(block.cidr, block.reserved, inUse)
    ranges.push(claimed)
    return takeFrom(claimed, inUse)
  }
}

/**
 * Gives every node without a block one of a pool with VXLAN, as calico-node does when it starts: it needs an address for the tunnel's
 * device before any Pod comes (node/pkg/allocateip/allocateip.go).
 */
export function claimTunnelBlocks(loop: ControlLoop): void {
  const hasTunnel = ({ cidr, vxlanMode }: IpPool) => ipVersion(cidr) === 4 && vxlanMode !== 'Never'
  if (!poolsOf(loop).some(hasTunnel)) return
  const blocks = loop.store.ofKind('BlockAffinity').flatMap(readAddressBlock)
  const owners = new Set(blocks.filter(({ cidr }) => ipVersion(cidr) === 4).map(({ node }) => node))
  for (const { ref } of loop.store.ofKind('Node')) if (!owners.has(ref.name)) claimBlock(loop, ref.name, 4)
}

/** Addresses of one block or podCIDR. `next` is the offset at which the search goes on. */
interface AddressRange {
  readonly cidr: Cidr
  readonly first: number
  readonly size: number
  next: number
}

function addressesInUse(loop: ControlLoop): Set<string> {
  const before = loop.previous?.pods ?? []
  return new Set([...before, ...loop.store.ofKind('Pod').map(readPod)].flatMap((pod) => pod.ips))
}

function rangesOfNode(
  loop: ControlLoop,
  node: string,
  version: IpVersion,
  inUse: ReadonlySet<string>,
): AddressRange[] {
  const pools = poolsOf(loop)
  if (pools.length === 0)
    return podCidrsOf(loop, node, version).map((cidr) => openRange(cidr, 2, inUse, version === 4))
  return loop.store
    .ofKind('BlockAffinity')
    .flatMap(readAddressBlock)
    .filter((block) => block.node === node && ipVersion(block.cidr) === version)
    .map(({ cidr }) => openRange(cidr, reservedIn(pools, cidr), inUse))
}

function openRange(
  cidr: Cidr,
  first: number,
  inUse: ReadonlySet<string>,
  lastIsBroadcast = false,
): AddressRange {
  // No node runs so many Pods that more of an IPv6 range would be looked at.
  const most = ipVersion(cidr) === 4 ? 65536n : 1024n
  const size = Number(cidrSize(cidr) > most ? most : cidrSize(cidr)) - (lastIsBroadcast ? 1 : 0)
  let next = first
  for (let offset = first; offset < size; offset++)
    if (inUse.has(addressAt(cidr, offset) ?? '')) next = offset + 1
  return { cidr, first, size, next }
}

function takeFrom(range: AddressRange, inUse: Set<string>): IpAddress | undefined {
  const { cidr, first, size } = range
  for (let tried = 0; tried < size - first; tried++) {
    const offset = range.next >= size ? first : range.next
    range.next = offset + 1
    const address = addressAt(cidr, offset)
    if (address === undefined || inUse.has(address)) continue
    inUse.add(address)
    return address
  }
  return undefined
}

function poolsOf(loop: ControlLoop): readonly IpPool[] {
  return loop.store.ofKind('IPPool').flatMap(readIpPool)
}

/** With an overlay every node's tunnel device has the first address of its first block. */
function reservedIn(pools: readonly IpPool[], cidr: Cidr): number {
  const pool = pools.find((candidate) => cidrContains(candidate.cidr, networkAddress(cidr)))
  return pool !== undefined && pool.vxlanMode !== 'Never' ? 1 : 0
}

/** Takes the next block of a pool that belongs to nobody, and writes down that the node has it. */
function claimBlock(
  loop: ControlLoop,
  node: string,
  version: IpVersion,
): { readonly cidr: Cidr; readonly reserved: number } | undefined {
  const taken = new Set<string>(
    loop.store
      .ofKind('BlockAffinity')
      .flatMap(readAddressBlock)
      .map((block) => block.cidr),
  )
  for (const pool of poolsOf(loop).filter(({ cidr }) => ipVersion(cidr) === version)) {
    const cidr = freeBlock(pool, taken)
    if (cidr === undefined) continue
    const name = `${node}-${cidr.replaceAll(/[.:/]/g, '-')}`
    create(loop, {
      ref: { kind: 'BlockAffinity', namespace: '', name },
      apiVersion: 'projectcalico.org/v3',
      rest: { spec: { cidr, node, state: 'confirmed' } },
    })
    return { cidr, reserved: reservedIn([pool], cidr) }
  }
  return undefined
}

function freeBlock(pool: IpPool, taken: ReadonlySet<string>): Cidr | undefined {
  const blocks = Math.min(2 ** Math.max(0, pool.blockSizeBits - prefixBits(pool.cidr)), 65536)
  const blockSize = 1n << BigInt((pool.cidr.includes(':') ? 128 : 32) - pool.blockSizeBits)
  for (let index = 0; index < blocks; index++) {
    const cidr = parseCidr(`${addressAt(pool.cidr, BigInt(index) * blockSize) ?? ''}/${pool.blockSizeBits}`)
    if (cidr !== undefined && !taken.has(cidr)) return cidr
  }
  return undefined
}

/** The node's podCIDR of the family; where it has none, kube-controller-manager's node IPAM gives it the next /24 (IPv6: /64) of the Pods' range. */
function podCidrsOf(loop: ControlLoop, name: string, version: IpVersion): readonly Cidr[] {
  const object = loop.store.get({ kind: 'Node', namespace: '', name })
  if (object === undefined) return []
  const given = readNode(object).podCidrs.filter((range) => ipVersion(range) === version)
  if (given.length > 0) return given
  const cidr = nextPodCidr(loop, version)
  if (cidr === undefined) return []
  assignPodCidr(loop, object, cidr)
  return [cidr]
}

function nextPodCidr(loop: ControlLoop, version: IpVersion): Cidr | undefined {
  const podSubnet = loop.config.podSubnets.find((range) => ipVersion(range) === version)
  if (podSubnet === undefined) return undefined
  const taken = new Set<string>(loop.store.ofKind('Node').flatMap((node) => readNode(node).podCidrs))
  const bits = version === 6 ? 64 : 24
  for (let index = 0; index < 2 ** Math.min(16, Math.max(0, bits - prefixBits(podSubnet))); index++) {
    const step = 1n << BigInt((version === 6 ? 128 : 32) - bits)
    const cidr = parseCidr(`${addressAt(podSubnet, BigInt(index) * step) ?? ''}/${bits}`)
    if (cidr !== undefined && !taken.has(cidr)) return cidr
  }
  return undefined
}

function assignPodCidr(loop: ControlLoop, node: ApiObject, cidr: Cidr): void {
  const spec = objectAt(node.body, 'spec')
  const podCIDRs = [...readNode(node).podCidrs, cidr]
  update(loop, node, { spec: { ...spec, podCIDR: podCIDRs[0] ?? cidr, podCIDRs } })
}
