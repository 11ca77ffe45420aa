/** The kernel's ipsets, which rules ask by name and which do not stand in `iptables-save`. Models `hash:net` alone. */
import { cidrContains, type Cidr, type IpAddress } from '../network/address.ts'

/** ipset name → the ranges in it. */
export type IpSets = Readonly<Record<string, readonly Cidr[]>>

/** Whether the set has the address; undefined where there is no such set: one that nobody told us of is not an empty one. */
export function isInSet(sets: IpSets, name: string, address: IpAddress): boolean | undefined {
  if (!Object.hasOwn(sets, name)) return undefined
  return sets[name]?.some((range) => cidrContains(range, address))
}
