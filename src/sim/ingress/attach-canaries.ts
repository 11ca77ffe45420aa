/** Hangs the upstreams of canaries on those of the main Ingresses. Models mergeAlternativeBackends (ingress-nginx controller.go). */
import type { Ingress } from '../cluster/objects.ts'
import { defaultUpstream, upstreamName } from './build-upstreams.ts'
import { readCanaryPolicy } from './canary.ts'
import { pathClaims } from './ingress-claims.ts'
import type { Upstream, VirtualServer } from './virtual-server.ts'

/**
 * The upstreams, each with its canary. A canary path needs a main one of the same host, path and type; it then shares the main
 * *upstream*, and so the requests of every location that leads there. Without one it is dropped.
 */
export function attachCanaries(
  upstreams: readonly Upstream[],
  servers: readonly VirtualServer[],
  canaries: readonly Ingress[],
): readonly Upstream[] {
  const found = new Map<string, NonNullable<Upstream['canary']>>()
  for (const claim of pathClaims(canaries)) {
    const server = servers.find(({ hostname }) => hostname === claim.host)
    const main = server?.locations.find(
      ({ ingressPath, pathType }) => ingressPath === claim.path && pathType === claim.pathType,
    )
    if (main?.handler.kind !== 'proxy') continue
    const [primary, upstream] = [main.handler.upstream, upstreamName(claim.backend)]
    if (primary === upstream || primary === defaultUpstream || found.has(primary)) continue
    found.set(primary, { upstream, policy: readCanaryPolicy(claim.ingress) })
  }
  return upstreams.map((upstream) => {
    const canary = found.get(upstream.name)
    return canary === undefined ? upstream : { ...upstream, canary }
  })
}
