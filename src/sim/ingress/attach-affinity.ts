/** Gives upstreams the affinity that paths ask for. Models the affinity part of getBackendServers (ingress-nginx controller.go). */
import type { Ingress } from '../cluster/objects.ts'
import { upstreamName } from './build-upstreams.ts'
import { isCanary } from './canary.ts'
import { pathClaims } from './ingress-claims.ts'
import type { SessionAffinity } from './session-affinity.ts'
import { addAffinity, wantsAffinity } from './session-affinity.ts'
import type { Upstream, VirtualServer } from './virtual-server.ts'

/**
 * The upstreams, each with its affinity. It belongs to the *upstream*: one Ingress that asks for it makes every location of that
 * Service port sticky, though the cookie is set only where it was asked for. Canaries bring none of their own.
 * @param ingresses in the controller's order
 */
export function attachAffinity(
  upstreams: readonly Upstream[],
  servers: readonly VirtualServer[],
  ingresses: readonly Ingress[],
): readonly Upstream[] {
  const found = new Map<string, SessionAffinity>()
  for (const { ingress, backend, host, path } of pathClaims(ingresses)) {
    if (isCanary(ingress) || !wantsAffinity(ingress)) continue
    const aliases = servers.find(({ hostname }) => hostname === host)?.aliases ?? []
    const name = upstreamName(backend)
    found.set(name, addAffinity(found.get(name), ingress, [host, ...aliases], path))
  }
  return upstreams.map((upstream) => {
    const affinity = found.get(upstream.name)
    return affinity === undefined ? upstream : { ...upstream, affinity }
  })
}
