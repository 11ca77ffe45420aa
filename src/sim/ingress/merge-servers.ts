/**
 * Merges the Ingresses of all namespaces into virtual servers: the oldest wins each host, and each path and type.
 * Models createServers and getBackendServers (ingress-nginx internal/ingress/controller/controller.go).
 */
import type { Origin } from '../cluster/object-ref.ts'
import type { Ingress } from '../cluster/objects.ts'
import { defaultUpstream, upstreamName } from './build-upstreams.ts'
import type { ControllerSettings } from './controller-settings.ts'
import type { PathLocation } from './double-prefix.ts'
import { nginxLocations } from './double-prefix.ts'
import type { HostClaim, PathClaim } from './ingress-claims.ts'
import { backendService, hostClaims, pathClaims } from './ingress-claims.ts'
import {
  annotationOf,
  catchAllAnnotations,
  plainAnnotations,
  readLocationAnnotations,
} from './location-annotations.ts'
import type { CertificateSecret } from './server-certificate.ts'
import { serverCertificate } from './server-certificate.ts'
import type { Location, VirtualServer } from './virtual-server.ts'
import { catchAllHost } from './virtual-server.ts'
import { wwwServers } from './www-redirects.ts'

/** Servers by host name as text (`*.` before digits before letters). The catch-all is always among them. */
export function mergeServers(
  ingresses: readonly Ingress[],
  secrets: readonly CertificateSecret[],
  settings: ControllerSettings,
): readonly VirtualServer[] {
  const claimsByHost = groupByHost(hostClaims(ingresses))
  const pathsByHost = groupByHost(pathClaims(ingresses))
  const hosts = new Set([catchAllHost, ...claimsByHost.keys()])
  const servers = [...hosts].map((host): VirtualServer => {
    const claims = claimsByHost.get(host) ?? []
    const first = defaultLocation(host, claims, ingresses, settings)
    const locations = nginxLocations(mergePaths(first, pathsByHost.get(host) ?? [], settings))
    const certificate =
      host === catchAllHost
        ? undefined
        : serverCertificate(
            host,
            claims.map(({ ingress }) => ingress),
            secrets,
          )
    const appRoot = firstAnnotation(claims, 'app-root')
    const creator = claims[0]?.ingress.ref
    return {
      hostname: host,
      aliases: aliasesOf(claims, hosts),
      locations: host === catchAllHost ? [...locations, ...ownLocations(settings)] : locations,
      ...(certificate !== undefined && { certificate }),
      ...(appRoot !== undefined && { appRoot }),
      ...(creator !== undefined && { ingress: creator }),
      because: claims.map(({ because }) => because),
    }
  })
  return [...servers, ...wwwServers(servers, ingresses, secrets)].toSorted((a, b) =>
    byText(a.hostname, b.hostname),
  )
}

/** Same path and same type: the older stays, silently. A default `/` gives way to the first that claims `/` as Prefix. */
function mergePaths(
  first: PathLocation,
  claims: readonly PathClaim[],
  settings: ControllerSettings,
): readonly PathLocation[] {
  const byPath = new Map([[`Prefix ${first.path}`, first]])
  for (const claim of claims) {
    const key = `${claim.pathType} ${claim.path}`
    const older = byPath.get(key)
    if (older === undefined || older.isDefault) byPath.set(key, claimedLocation(claim, settings))
  }
  return [...byPath.values()]
}

function claimedLocation(claim: PathClaim, settings: ControllerSettings): PathLocation {
  return {
    path: claim.path,
    pathType: claim.pathType,
    ingressPath: claim.path,
    ingress: claim.ingress.ref,
    backend: claim.backend,
    handler: { kind: 'proxy', upstream: upstreamName(claim.backend) },
    isDefault: false,
    annotations: readLocationAnnotations(claim.ingress, settings),
    because: [claim.because],
  }
}

/**
 * The `/` that a server starts with. A host's leads to the `defaultBackend` of the Ingress that created it; the catch-all's to that
 * of the first Ingress without rules, whose rewrite and redirect do not apply.
 */
function defaultLocation(
  host: string,
  claims: readonly HostClaim[],
  ingresses: readonly Ingress[],
  settings: ControllerSettings,
): PathLocation {
  const withoutRules = ingresses.find((each) => each.rules.length === 0 && each.defaultBackend?.service)
  const owner = host === catchAllHost ? withoutRules : claims[0]?.ingress
  const backend = owner && backendService(owner, owner.defaultBackend)
  const because: Origin[] =
    owner === undefined || backend === undefined
      ? []
      : [{ object: owner.ref, paths: [['spec', 'defaultBackend']] }]
  return {
    path: '/',
    pathType: 'Prefix',
    ingressPath: '/',
    ...(owner !== undefined && { ingress: owner.ref }),
    ...(backend !== undefined && { backend }),
    handler: { kind: 'proxy', upstream: backend === undefined ? defaultUpstream : upstreamName(backend) },
    // An Ingress without rules takes the catch-all's `/` for good: a rule without host, older or not, no longer gets it.
    isDefault: host !== catchAllHost || backend === undefined,
    annotations: defaultAnnotations(host, owner, settings),
    because,
  }
}

function defaultAnnotations(host: string, owner: Ingress | undefined, settings: ControllerSettings) {
  if (owner === undefined) return plainAnnotations(settings)
  return host === catchAllHost
    ? catchAllAnnotations(owner, settings)
    : readLocationAnnotations(owner, settings)
}

/** Locations that the controller's template itself puts into the catch-all server. */
function ownLocations(settings: ControllerSettings): readonly Location[] {
  return (['healthz', 'nginx-status'] as const).map((kind) => {
    const path = kind === 'healthz' ? '/healthz' : '/nginx_status'
    const annotations = plainAnnotations(settings)
    const handler = { kind }
    return {
      path,
      match: 'prefix',
      pathType: 'Prefix',
      ingressPath: path,
      handler,
      isDefault: false,
      annotations,
      because: [],
    }
  })
}

/** From the first Ingress that has any; one that is another server's host is dropped. */
function aliasesOf(claims: readonly HostClaim[], hosts: ReadonlySet<string>): readonly string[] {
  const text = firstAnnotation(claims, 'server-alias') ?? ''
  const aliases = text.split(',').map((alias) => alias.trim())
  return [...new Set(aliases)].filter((alias) => alias !== '' && !hosts.has(alias)).toSorted(byText)
}

function firstAnnotation(claims: readonly HostClaim[], name: string): string | undefined {
  return claims
    .map(({ ingress }) => annotationOf(ingress, name))
    .find((text) => text !== undefined && text !== '')
}

function groupByHost<Claim extends { readonly host: string }>(
  claims: readonly Claim[],
): ReadonlyMap<string, readonly Claim[]> {
  const groups = new Map<string, Claim[]>()
  for (const claim of claims) {
    const group = groups.get(claim.host)
    if (group === undefined) groups.set(claim.host, [claim])
    else group.push(claim)
  }
  return groups
}

function byText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}
