/**
 * What Ingresses ask for, flat and in the controller's order: hosts and paths, each with the place in the manifest that asks.
 * Models the loops of createServers and getBackendServers (ingress-nginx internal/ingress/controller/controller.go).
 */
import type { Origin } from '../cluster/object-ref.ts'
import type { Ingress, IngressBackend } from '../cluster/objects.ts'
import type { BackendService } from './virtual-server.ts'
import { catchAllHost } from './virtual-server.ts'

/** A rule's host, whether it has paths or not. */
export interface HostClaim {
  readonly host: string
  readonly ingress: Ingress
  readonly because: Origin
}

/** One path of one rule. ImplementationSpecific and an empty path have already become Prefix and `/` (internal/k8s/main.go SetDefaultNGINXPathType). */
export interface PathClaim {
  readonly host: string
  readonly path: string
  readonly pathType: 'Exact' | 'Prefix'
  readonly backend: BackendService
  readonly ingress: Ingress
  readonly because: Origin
}

/** By creation time in whole seconds, the oldest first; equal times by descending `namespace/name` (store.go sortIngressSlice). */
export function inControllerOrder(ingresses: readonly Ingress[]): readonly Ingress[] {
  const second = (ingress: Ingress) => Math.floor(ingress.createdAtMs / 1000)
  const name = (ingress: Ingress) => `${ingress.ref.namespace}/${ingress.ref.name}`
  return ingresses.toSorted((a, b) => second(a) - second(b) || (name(a) > name(b) ? -1 : 1))
}

/** The hosts of all rules in order; a host may come several times. */
export function hostClaims(ingresses: readonly Ingress[]): readonly HostClaim[] {
  return ingresses.flatMap((ingress) =>
    ingress.rules.map((rule, index) => ({
      host: serverName(rule.host),
      ingress,
      because: {
        object: ingress.ref,
        paths: [['spec', 'rules', index, ...(rule.host === '' ? [] : ['host'])]],
      },
    })),
  )
}

/** The paths of all rules in order. A `resource` backend asks for nothing. */
export function pathClaims(ingresses: readonly Ingress[]): readonly PathClaim[] {
  return ingresses.flatMap((ingress) =>
    ingress.rules.flatMap((rule, ruleIndex) =>
      (rule.paths ?? []).flatMap((each, pathIndex) => {
        const backend = backendService(ingress, each.backend)
        if (backend === undefined) return []
        const because: Origin = {
          object: ingress.ref,
          paths: [['spec', 'rules', ruleIndex, 'http', 'paths', pathIndex]],
        }
        const pathType = each.pathType === 'Exact' ? 'Exact' : 'Prefix'
        return [{ host: serverName(rule.host), path: each.path || '/', pathType, backend, ingress, because }]
      }),
    ),
  )
}

/** The Service behind a backend, in the Ingress's own namespace. */
export function backendService(
  ingress: Ingress,
  backend: IngressBackend | undefined,
): BackendService | undefined {
  return backend?.service && { namespace: ingress.ref.namespace, ...backend.service }
}

function serverName(host: string): string {
  return host === '' ? catchAllHost : host
}
