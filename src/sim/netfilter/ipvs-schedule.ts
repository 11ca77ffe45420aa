/**
 * IPVS's schedulers: which real server takes a new connection. Models Linux net/netfilter/ipvs/ip_vs_{rr,wrr,lc,wlc,sed,nq,sh,dh}.c.
 * Real servers come in the order of their list, which the kernel keeps newest first; kube-proxy adds them in a Go map's random order,
 * so no one can know the order of the first turn, and it is the order given here.
 */
import { ipValue, type IpAddress } from '../network/address.ts'
import { realKey, type RealServer, type VirtualServer } from './ipvs-server.ts'

/** A real server with its connections, which some schedulers weigh. */
export interface Load {
  readonly server: RealServer
  readonly active: number
  readonly inactive: number
}

/** Whose turn it is, and what the scheduler remembers then. `nobody`: none that may be chosen. */
export type Choice =
  | { readonly kind: 'chosen'; readonly server: RealServer; readonly next: VirtualServer }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'not-modelled' }

/** By what a scheduler goes: turns, the fewest connections, or a hash of an address. */
export type SchedulerKind = 'turns' | 'least' | 'hash'

/** The kind of a scheduler that is modelled. */
export function schedulerKind(scheduler: string): SchedulerKind {
  if (scheduler === 'rr' || scheduler === 'wrr') return 'turns'
  return scheduler === 'sh' || scheduler === 'dh' ? 'hash' : 'least'
}

/** Chooses a real server for a packet of `client` to `destination`. */
export function schedule(
  virtual: VirtualServer,
  loads: readonly Load[],
  packet: { readonly client: IpAddress; readonly destination: IpAddress },
): Choice {
  const as = (load: Load | undefined): Choice =>
    load === undefined ? { kind: 'nobody' } : { kind: 'chosen', server: load.server, next: virtual }
  switch (virtual.scheduler) {
    case 'rr':
      return roundRobin(virtual)
    case 'wrr':
      return weightedRoundRobin(virtual)
    case 'lc':
      return as(least(loads, overhead, () => 1))
    case 'wlc':
      return as(least(loads, overhead, weightOf))
    case 'sed':
      return as(least(loads, expectedDelay, weightOf))
    case 'nq':
      return as(
        loads.find((load) => isUsable(load) && load.active === 0) ?? least(loads, expectedDelay, weightOf),
      )
    case 'sh':
      return as(bucket(loads, packet.client, 'by weight'))
    case 'dh':
      return as(bucket(loads, packet.destination, 'one each'))
    default:
      return { kind: 'not-modelled' }
  }
}

/** ip_vs_rr.c: the next of the list after the last one, those of weight 0 passed over. */
function roundRobin(virtual: VirtualServer): Choice {
  const server = afterLast(virtual).find(({ weight }) => weight > 0)
  if (server === undefined) return { kind: 'nobody' }
  return { kind: 'chosen', server, next: { ...virtual, last: realKey(server) } }
}

/** The list from behind the last choice once around, that one included. */
function afterLast({ realServers, last }: VirtualServer): readonly RealServer[] {
  const from = realServers.findIndex((each) => realKey(each) === last) + 1
  return [...realServers.slice(from), ...realServers.slice(0, from)]
}

/** ip_vs_wrr.c: around the list with a weight that falls by the greatest common divisor. */
function weightedRoundRobin(virtual: VirtualServer): Choice {
  const { realServers } = virtual
  const most = Math.max(0, ...realServers.map(({ weight }) => weight))
  if (most === 0) return { kind: 'nobody' }
  const step = realServers.reduce((divisor, { weight }) => gcd(divisor, weight), 0)
  let current = Math.min(virtual.currentWeight ?? most, most)
  let place = realServers.findIndex((each) => realKey(each) === virtual.last)
  for (;;) {
    place++
    if (place >= realServers.length) {
      place = 0
      current -= step
      if (current <= 0) current = most
    }
    const server = realServers[place]
    if (server !== undefined && server.weight >= current) {
      return { kind: 'chosen', server, next: { ...virtual, last: realKey(server), currentWeight: current } }
    }
  }
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b)
}

/** The first of the list with the least cost for its weight. */
function least(
  loads: readonly Load[],
  cost: (load: Load) => number,
  weight: (load: Load) => number,
): Load | undefined {
  let best: Load | undefined
  for (const load of loads) {
    if (!isUsable(load)) continue
    if (best === undefined || cost(best) * weight(load) > cost(load) * weight(best)) best = load
  }
  return best
}

function isUsable({ server }: Load): boolean {
  return server.weight > 0
}

function weightOf({ server }: Load): number {
  return server.weight
}

/** ip_vs_dest_conn_overhead: an active connection counts as 256 inactive ones. */
function overhead({ active, inactive }: Load): number {
  return active * 256 + inactive
}

/** ip_vs_sed.c, ip_vs_nq.c */
function expectedDelay({ active }: Load): number {
  return active + 1
}

const BUCKETS = 256

/**
 * ip_vs_sh.c and ip_vs_dh.c: 256 buckets filled with the list over and over (sh: each as often as it weighs), and one found by the
 * address's hash. A bucket whose server has weight 0 leads nowhere: the flag sh-fallback is not set.
 */
function bucket(
  loads: readonly Load[],
  address: IpAddress,
  filled: 'by weight' | 'one each',
): Load | undefined {
  const once = loads.flatMap((load) =>
    Array.from<Load>({ length: filled === 'one each' ? 1 : Math.max(1, load.server.weight) }).fill(load),
  )
  const found = once[hash32(addressNumber(address)) % once.length]
  return found !== undefined && isUsable(found) ? found : undefined
}

/** hash_32(n, 8) of include/linux/hash.h since 4.7: the upper bits of a product with the golden ratio. */
function hash32(value: number): number {
  return (Math.imul(value, 0x61c88647) >>> 24) % BUCKETS
}

/** An address in 32 bits: an IPv6 address's four words exclusive-ored. */
function addressNumber(address: IpAddress): number {
  let [rest, folded] = [ipValue(address), 0]
  for (; rest > 0n; rest >>= 32n) folded ^= Number(rest & 0xffffffffn)
  return folded >>> 0
}
