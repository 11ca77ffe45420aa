/** MetalLB's IPAddressPools, L2Advertisements and BGPAdvertisements (metallb.io/v1beta1). */
import { ipValue, ipVersion, cidrSize, networkAddress, parseCidr, parseIp } from '../network/address.ts'
import type { IpAddress } from '../network/address.ts'
import { listAt, textsAt, valueAt } from '../manifest/json-fields.ts'
import { readSelector } from '../manifest/label-selector.ts'
import type { AddressPool, ApiObject, PoolAdvertisement } from './objects.ts'
import { readMeta } from './read-meta.ts'
import { remembered } from './remembered.ts'

/** A pool; entries that are no range are left out. Ranges larger than a /16 count no further than that. */
export const readAddressPool: (object: ApiObject) => AddressPool = remembered((object) => ({
  ...readMeta(object),
  ranges: textsAt(object.body, 'spec', 'addresses').flatMap(rangeOf),
  autoAssign: valueAt(object.body, 'spec', 'autoAssign') !== false,
  avoidBuggyIps: valueAt(object.body, 'spec', 'avoidBuggyIPs') === true,
}))

const MOST_ADDRESSES = 65536

/** `192.168.61.200-192.168.61.220` or a CIDR. */
function rangeOf(text: string): AddressPool['ranges'] {
  const range = parseCidr(text.trim())
  if (range !== undefined)
    return [{ first: networkAddress(range), count: Math.min(Number(cidrSize(range)), MOST_ADDRESSES) }]
  const [from, to] = text.split('-').map((part) => parseIp(part.trim()))
  if (from === undefined || to === undefined || ipVersion(from) !== ipVersion(to)) return []
  return [{ first: from, count: Math.min(Number(ipValue(to) - ipValue(from)) + 1, MOST_ADDRESSES) }]
}

/** Whether the address is one of the pool's. */
export function isInPool({ ranges }: AddressPool, address: IpAddress): boolean {
  return ranges.some(({ first, count }) => {
    if (ipVersion(first) !== ipVersion(address)) return false
    const offset = ipValue(address) - ipValue(first)
    return offset >= 0n && offset < BigInt(count)
  })
}

/** An L2Advertisement or a BGPAdvertisement. */
export const readAdvertisement: (object: ApiObject) => PoolAdvertisement = remembered((object) => ({
  ...readMeta(object),
  pools: textsAt(object.body, 'spec', 'ipAddressPools'),
  poolSelectors: listAt(object.body, 'spec', 'ipAddressPoolSelectors').map(readSelector),
  nodeSelectors: listAt(object.body, 'spec', 'nodeSelectors').map(readSelector),
  interfaces: textsAt(object.body, 'spec', 'interfaces'),
}))
