/**
 * Which IP families a Service has. Models the API server's initIPFamilyFields (pkg/registry/core/service/storage/alloc.go, 1.32) and
 * the parts of its validation that ask what the cluster has.
 */
import { ipVersion, parseIp, type Cidr } from '../network/address.ts'
import { invalid, type FieldProblem } from '../manifest/field-problem.ts'
import { objectAt, textAt, textsAt } from '../manifest/json-fields.ts'
import type { JsonObject } from '../manifest/manifest.ts'
import type { ApiObject } from './objects.ts'

/** An IP family as Kubernetes writes it. */
export type IpFamily = 'IPv4' | 'IPv6'

/** The two fields, filled in; or why they cannot be. */
export type Families =
  | { readonly ok: true; readonly ipFamilyPolicy: string; readonly ipFamilies: readonly IpFamily[] }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] }

/** The family of an address or range. */
export function familyOf(address: Parameters<typeof ipVersion>[0]): IpFamily {
  return ipVersion(address) === 4 ? 'IPv4' : 'IPv6'
}

/**
 * Works the families out for a Service that is no ExternalName. Two of a single-stack Service fall back to the first where the request
 * has just said `SingleStack`; of a dual-stack one the missing family is appended.
 * @param addresses what the request, or else the Service as it was, has in `clusterIPs`
 * @param subnets the cluster's ranges, its own family first
 */
export function serviceFamilies(
  spec: JsonObject,
  addresses: readonly string[],
  existing: ApiObject | undefined,
  subnets: readonly Cidr[],
): Families {
  const configured = subnets.map(familyOf)
  const isBare = addresses[0] === 'None' && Object.keys(objectAt(spec, 'selector')).length === 0
  const before = objectAt(existing?.body, 'spec')
  const ipFamilyPolicy =
    textAt(spec, 'ipFamilyPolicy') ??
    textAt(before, 'ipFamilyPolicy') ??
    (isBare ? 'RequireDualStack' : 'SingleStack')
  const single = ipFamilyPolicy === 'SingleStack'
  const wasSame = (field: string) => textsAt(spec, field).join() === textsAt(before, field).join()
  const kept = <Item>(items: readonly Item[], field: string) =>
    single && existing !== undefined && wasSame(field) ? items.slice(0, 1) : items
  const named = kept(textsAt(spec, 'ipFamilies').filter(isFamily), 'ipFamilies')
  const given = kept(addresses, 'clusterIPs')
  const found = [...tooMany(single, given, named), ...notThere(ipFamilyPolicy, named, configured, isBare)]
  if (found.length > 0) return { ok: false, problems: found }
  const inferred = given.slice(named.length).flatMap((text) => {
    const address = parseIp(text)
    return address === undefined ? [] : [familyOf(address)]
  })
  const known = [...named, ...inferred]
  const [first = configured[0] ?? 'IPv4', second] = known
  if (second !== undefined) return { ok: true, ipFamilyPolicy, ipFamilies: [first, second] }
  const takesBoth = !single && (isBare || configured.length === 2)
  return { ok: true, ipFamilyPolicy, ipFamilies: takesBoth ? [first, other(first)] : [first] }
}

function isFamily(text: string): text is IpFamily {
  return text === 'IPv4' || text === 'IPv6'
}

function other(family: IpFamily): IpFamily {
  return family === 'IPv4' ? 'IPv6' : 'IPv4'
}

function tooMany(
  single: boolean,
  addresses: readonly string[],
  families: readonly IpFamily[],
): readonly FieldProblem[] {
  const refuse = (what: string) =>
    invalid(
      ['spec', 'ipFamilyPolicy'],
      'SingleStack',
      `must be 'RequireDualStack' or 'PreferDualStack' when multiple ${what} are specified`,
    )
  return [
    ...(single && addresses.length === 2 ? [refuse('cluster IPs')] : []),
    ...(single && families.length === 2 ? [refuse('IP families')] : []),
  ]
}

/** A Service without addresses and selector may name families that the cluster has not. */
function notThere(
  policy: string,
  families: readonly IpFamily[],
  configured: readonly IpFamily[],
  isBare: boolean,
): readonly FieldProblem[] {
  if (isBare) return []
  return [
    ...(policy === 'RequireDualStack' && configured.length < 2
      ? [
          invalid(
            ['spec', 'ipFamilyPolicy'],
            policy,
            'this cluster is not configured for dual-stack services',
            'PreferDualStack takes what there is.',
          ),
        ]
      : []),
    ...families.flatMap((family, index) =>
      configured.includes(family)
        ? []
        : [invalid(['spec', 'ipFamilies', index], family, 'not configured on this cluster')],
    ),
  ]
}
