/**
 * Models MetalLB's controller (internal/allocator): a Service of type LoadBalancer gets the first free address of each of its families
 * from the first pool that has them, or the addresses that it asks for. Without a pool nobody answers, and the address stays pending, as on bare metal.
 */
import { addressAt, ipValue, ipVersion, parseCidr, parseIp } from '../network/address.ts'
import type { IpAddress, IpVersion } from '../network/address.ts'
import { objectAt, textAt } from '../manifest/json-fields.ts'
import { update } from './control-loop.ts'
import type { ControlLoop } from './control-loop.ts'
import type { AddressPool, ApiObject } from './objects.ts'
import { isInPool, readAddressPool } from './read-metallb.ts'
import { readService } from './read-service.ts'

const askedBy = ['metallb.io/loadBalancerIPs', 'metallb.universe.tf/loadBalancerIPs']

/** Writes the addresses of LoadBalancer Services, and takes them from Services that are none any more. */
export function syncLoadBalancers(loop: ControlLoop): void {
  const services = loop.store.ofKind('Service')
  const balanced = services.filter((service) => readService(service).type === 'LoadBalancer')
  const taken = new Set(
    balanced.flatMap((service) => readService(service).loadBalancerIngress.flatMap(({ ip }) => ip ?? [])),
  )
  for (const service of services) {
    const { type, loadBalancerIngress } = readService(service)
    if (type !== 'LoadBalancer' && loadBalancerIngress.length > 0)
      update(loop, service, { status: { loadBalancer: {} } })
  }
  const pools = balanced.length === 0 ? [] : loop.store.ofKind('IPAddressPool').map(readAddressPool)
  for (const service of balanced) assign(loop, service, pools, taken)
}

function assign(
  loop: ControlLoop,
  service: ApiObject,
  pools: readonly AddressPool[],
  taken: Set<string>,
): void {
  const { loadBalancerIngress, annotations, clusterIps } = readService(service)
  if (loadBalancerIngress.length > 0 || textAt(service.body, 'spec', 'loadBalancerClass') !== undefined)
    return
  const asked = askedBy.map((name) => annotations[name]).find((text) => text !== undefined)
  const wanted = (asked ?? textAt(service.body, 'spec', 'loadBalancerIP') ?? '')
    .split(',')
    .flatMap((text) => parseIp(text.trim()) ?? [])
  const versions = clusterIps.length === 0 ? [4 as const] : clusterIps.map(ipVersion)
  const mayBeFewer = textAt(service.body, 'spec', 'ipFamilyPolicy') === 'PreferDualStack'
  const addresses =
    wanted.length === 0
      ? freeOf(
          versions,
          pools.filter(({ autoAssign }) => autoAssign),
          taken,
          mayBeFewer,
        )
      : wanted.every((address) => pools.some((pool) => isInPool(pool, address)) && !taken.has(address))
        ? wanted
        : []
  if (addresses.length === 0) return
  for (const address of addresses) taken.add(address)
  update(loop, service, {
    status: {
      ...objectAt(service.body, 'status'),
      loadBalancer: { ingress: addresses.map((address) => ({ ip: address, ipMode: 'VIP' })) },
    },
  })
}

function addressesOf({ first, count }: AddressPool['ranges'][number]): readonly IpAddress[] {
  const everything = parseCidr(ipVersion(first) === 4 ? '0.0.0.0/0' : '::/0')
  if (everything === undefined) return []
  const start = ipValue(first)
  return Array.from({ length: Math.max(0, count) }, (_, index) =>
    addressAt(everything, start + BigInt(index)),
  ).flatMap((address) => address ?? [])
}

/** An address of each family, all from the first pool that has them; where that may be, of one family alone. */
function freeOf(
  versions: readonly IpVersion[],
  pools: readonly AddressPool[],
  taken: ReadonlySet<string>,
  mayBeFewer: boolean,
): readonly IpAddress[] {
  const found = pools.map((pool) => versions.flatMap((version) => firstFree(pool, version, taken) ?? []))
  const whole = found.find(({ length }) => length === versions.length)
  return whole ?? (mayBeFewer ? found.find(({ length }) => length > 0) : undefined) ?? []
}

function firstFree(pool: AddressPool, version: IpVersion, taken: ReadonlySet<string>): IpAddress | undefined {
  for (const range of pool.ranges) {
    if (ipVersion(range.first) !== version) continue
    const free = addressesOf(range).find((address) => !taken.has(address) && !isAvoided(pool, address))
    if (free !== undefined) return free
  }
  return undefined
}

/** `avoidBuggyIPs`: some routers drop .0 and .255. */
function isAvoided(pool: AddressPool, address: IpAddress): boolean {
  return pool.avoidBuggyIps && /\.(0|255)$/.test(address)
}
