/**
 * Addresses of Pods. With Calico: from the node's blocks, in order, going on behind the last one given (libcalico-go lib/ipam takes
 * from a queue at whose end freed addresses stand); the block's first address is the tunnel device's where the pool has an overlay.
 * Without Calico: from the node's podCIDR as the host-local plugin does, whose first address is the bridge's.
 */
import {
  addressAt,
  cidrContains,
  cidrSize,
  networkAddress,
  parseCidr,
  prefixBits,
} from '../network/address.ts'
import type { Cidr, IpAddress } from '../network/address.ts'
import { objectAt, textAt } from '../manifest/json-fields.ts'
import { create, update } from './control-loop.ts'
import type { ControlLoop } from './control-loop.ts'
import type { ApiObject, IpPool } from './objects.ts'
import { readAddressBlock, readIpPool } from './read-calico.ts'
import { readNode } from './read-node.ts'
import { readPod } from './read-pod.ts'

/** Gives the next address on a node, or undefined where none is left. */
export type AddressOf = (node: string) => IpAddress | undefined

/** Opens the address management of one change. Addresses in use before it are not given again while others are free. */
export function openAddresses(loop: ControlLoop): AddressOf {
  const inUse = addressesInUse(loop)
  const rangesByNode = new Map<string, AddressRange[]>()
  return (node) => {
    const ranges = rangesByNode.get(node) ?? rangesOfNode(loop, node, inUse)
    rangesByNode.set(node, ranges)
    for (let range = ranges[0]; range !== undefined; range = ranges[0]) {
      const address = takeFrom(range, inUse)
      if (address !== undefined) return address
      ranges.shift() // Full: nothing comes free before the change is over.
    }
    const block = claimBlock(loop, node)
    if (block === undefined) return undefined
    const claimed = openRange(block.cidr, block.reserved, inUse)
    ranges.push(claimed)
    return takeFrom(claimed, inUse)
  }
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

function rangesOfNode(loop: ControlLoop, node: string, inUse: ReadonlySet<string>): AddressRange[] {
  const pools = poolsOf(loop)
  if (pools.length === 0) return podCidrsOf(loop, node).map((cidr) => openRange(cidr, 2, inUse, true))
  return loop.store
    .ofKind('BlockAffinity')
    .flatMap(readAddressBlock)
    .filter((block) => block.node === node)
    .map(({ cidr }) => openRange(cidr, reservedIn(pools, cidr), inUse))
}

function openRange(
  cidr: Cidr,
  first: number,
  inUse: ReadonlySet<string>,
  lastIsBroadcast = false,
): AddressRange {
  const size = Number(cidrSize(cidr) > 65536n ? 65536n : cidrSize(cidr)) - (lastIsBroadcast ? 1 : 0)
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
): { readonly cidr: Cidr; readonly reserved: number } | undefined {
  const taken = new Set<string>(
    loop.store
      .ofKind('BlockAffinity')
      .flatMap(readAddressBlock)
      .map((block) => block.cidr),
  )
  for (const pool of poolsOf(loop)) {
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

/** The node's podCIDR; where it has none, kube-controller-manager's node IPAM gives it the next /24 of the Pods' range. */
function podCidrsOf(loop: ControlLoop, name: string): readonly Cidr[] {
  const object = loop.store.get({ kind: 'Node', namespace: '', name })
  if (object === undefined) return []
  const given = readNode(object).podCidrs
  if (given.length > 0) return given
  const cidr = nextPodCidr(loop)
  if (cidr === undefined) return []
  assignPodCidr(loop, object, cidr)
  return [cidr]
}

function nextPodCidr(loop: ControlLoop): Cidr | undefined {
  const { podSubnet } = loop.config
  const taken = new Set<string>(loop.store.ofKind('Node').flatMap((node) => readNode(node).podCidrs))
  const bits = podSubnet.includes(':') ? 64 : 24
  for (let index = 0; index < 2 ** Math.min(16, Math.max(0, bits - prefixBits(podSubnet))); index++) {
    const step = 1n << BigInt((podSubnet.includes(':') ? 128 : 32) - bits)
    const cidr = parseCidr(`${addressAt(podSubnet, BigInt(index) * step) ?? ''}/${bits}`)
    if (cidr !== undefined && !taken.has(cidr)) return cidr
  }
  return undefined
}

function assignPodCidr(loop: ControlLoop, node: ApiObject, cidr: Cidr): void {
  const spec = objectAt(node.body, 'spec')
  if (textAt(spec, 'podCIDR') === undefined)
    update(loop, node, { spec: { ...spec, podCIDR: cidr, podCIDRs: [cidr] } })
}
