/** Hangs the upstreams of canaries on those of the main Ingresses. Models mergeAlternativeBackends (ingress-nginx controller.go). */
import type { Ingress } from '../cluster/objects.ts'
import { defaultUpstream, upstreamName } from './build-upstreams.ts'
import { isCanary, readCanaryPolicy } from './canary.ts'
import { pathClaims } from './ingress-claims.ts'
import { annotationOf } from './location-annotations.ts'
import type { Location, Upstream, VirtualServer } from './virtual-server.ts'

/**
 * The upstreams, each with its canary. A canary path needs a main one of the same host, path and type; it then shares the main
 * *upstream*, and so the requests of every location that leads there. Without one it is dropped. The canary takes over the main
 * upstream's affinity, unless `affinity-canary-behavior` is `legacy`.
 * @param ingresses in the controller's order, canaries among them
 */
export function attachCanaries(
  upstreams: readonly Upstream[],
  servers: readonly VirtualServer[],
  ingresses: readonly Ingress[],
): readonly Upstream[] {
  const found = new Map<string, NonNullable<Upstream['canary']> & { readonly isLegacy: boolean }>()
  const claims = pathClaims(ingresses)
  const namedFirst = (upstream: string) =>
    claims.find((claim) => upstreamName(claim.backend) === upstream)?.ingress
  for (const claim of claims.filter(({ ingress }) => isCanary(ingress))) {
    const server = servers.find(({ hostname }) => hostname === claim.host)
    const main = server?.locations.find(
      (location) =>
        location.ingressPath === claim.path &&
        location.pathType === claim.pathType &&
        !isSecondHalf(location, server.locations),
    )
    if (main?.handler.kind !== 'proxy') continue
    const [primary, upstream] = [main.handler.upstream, upstreamName(claim.backend)]
    if (primary === upstream || primary === defaultUpstream || found.has(primary)) continue
    const isLegacy = annotationOf(claim.ingress, 'affinity-canary-behavior') === 'legacy'
    found.set(primary, {
      upstream,
      policy: readCanaryPolicy(namedFirst(upstream) ?? claim.ingress),
      isLegacy,
    })
  }
  const affinities = new Map(
    [...found].flatMap(([primary, { upstream, isLegacy }]) => {
      const affinity = isLegacy ? undefined : upstreams.find(({ name }) => name === primary)?.affinity
      return affinity === undefined ? [] : [[upstream, affinity] as const]
    }),
  )
  return upstreams.map((upstream) => {
    const canary = found.get(upstream.name)
    const affinity = affinities.get(upstream.name)
    return {
      ...upstream,
      ...(affinity !== undefined && { affinity }),
      ...(canary !== undefined && { canary: { upstream: canary.upstream, policy: canary.policy } }),
    }
  })
}

/** Prefix paths are doubled after canaries are hung on: the `=` half is not there yet. */
function isSecondHalf(location: Location, locations: readonly Location[]): boolean {
  return (
    location.pathType === 'Exact' &&
    locations.some((each) => each.pathType === 'Prefix' && each.because === location.because)
  )
}
