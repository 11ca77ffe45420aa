/** What is worth a warning about an Ingress that was accepted: where it loses, leads nowhere, or does more than it says. */
import type { ObjectRef } from '../cluster/object-ref.ts'
import { sameObject } from '../cluster/object-ref.ts'
import type { Ingress } from '../cluster/objects.ts'
import type { FieldPath } from '../manifest/manifest.ts'
import { upstreamName } from './build-upstreams.ts'
import { isCanary } from './canary.ts'
import type { ConfigProblem } from './config-problem.ts'
import type { ControllerConfig } from './controller-config.ts'
import { needsRegex } from './double-prefix.ts'
import type { PathClaim } from './ingress-claims.ts'
import { inControllerOrder, pathClaims } from './ingress-claims.ts'
import type { LeftReason } from './takes-ingress.ts'
import { catchAllHost } from './virtual-server.ts'

/** One finding, at the field that it is about. */
export type IngressFinding = { readonly path: FieldPath } & (
  | { readonly kind: 'not-taken'; readonly reason: LeftReason }
  /** An older Ingress (or an earlier rule of this one) has the host, path and type. */
  | {
      readonly kind: 'path-taken'
      readonly host: string
      readonly claimed: string
      readonly pathType: string
      readonly winner: ObjectRef
    }
  /** 503 at request time. */
  | { readonly kind: 'service-missing'; readonly service: string }
  | { readonly kind: 'port-missing'; readonly service: string; readonly port: number | string }
  | { readonly kind: 'config-refused'; readonly problem: ConfigProblem }
  /** Another Ingress makes all locations of the host regular expressions. */
  | { readonly kind: 'regex-spreads'; readonly host: string; readonly by: ObjectRef }
)

/**
 * Findings about one Ingress, in the order of its fields.
 * @param ingresses all of the cluster
 */
export function ingressFindings(
  ingress: Ingress,
  ingresses: readonly Ingress[],
  config: ControllerConfig,
): readonly IngressFinding[] {
  const left = config.left.find((each) => sameObject(each.ingress, ingress.ref))
  if (left !== undefined)
    return left.reason.kind === 'class-of-another'
      ? []
      : [{ kind: 'not-taken', reason: left.reason, path: ['spec', 'ingressClassName'] }]
  const isLeft = ({ ref }: Ingress) => config.left.some((each) => sameObject(each.ingress, ref))
  const claims = pathClaims(inControllerOrder(ingresses).filter((each) => !isLeft(each) && !isCanary(each)))
  const own = pathClaims([ingress])
  return [
    ...(isCanary(ingress) ? [] : own.flatMap((claim) => pathTaken(claim, claims))),
    ...own.flatMap((claim) => backendMissing(claim, config)),
    ...spreads(ingress, own, config),
    ...config.problems.flatMap((problem) => refusedBy(ingress, problem)),
  ]
}

function pathOf({ because }: PathClaim): FieldPath {
  return because.paths[0] ?? []
}

function pathTaken(claim: PathClaim, claims: readonly PathClaim[]): readonly IngressFinding[] {
  const { host, path, pathType, ingress } = claim
  const first = claims.find((each) => each.host === host && each.path === path && each.pathType === pathType)
  if (first === undefined) return []
  const isSame = sameObject(first.ingress.ref, ingress.ref) && sameField(pathOf(first), pathOf(claim))
  return isSame
    ? []
    : [
        {
          kind: 'path-taken',
          host,
          claimed: path,
          pathType,
          winner: first.ingress.ref,
          path: [...pathOf(claim), 'path'],
        },
      ]
}

function backendMissing(claim: PathClaim, config: ControllerConfig): readonly IngressFinding[] {
  const { backend } = claim
  const members = config.upstreams.find(({ name }) => name === upstreamName(backend))?.members
  const path = [...pathOf(claim), 'backend', 'service']
  if (members?.kind !== 'none') return []
  switch (members.reason.kind) {
    case 'no-service':
      return [{ kind: 'service-missing', service: backend.name, path: [...path, 'name'] }]
    case 'no-such-port':
      return [{ kind: 'port-missing', service: backend.name, port: backend.port, path: [...path, 'port'] }]
    case 'none-ready':
    case 'external-name-refused':
      return []
  }
}

/** Once a host, at the rule's first path there. */
function spreads(
  ingress: Ingress,
  own: readonly PathClaim[],
  config: ControllerConfig,
): readonly IngressFinding[] {
  const seen = new Set<string>()
  return own.flatMap((claim): readonly IngressFinding[] => {
    const locations = config.servers.find(({ hostname }) => hostname === claim.host)?.locations ?? []
    const cause = locations.find((each) => needsRegex(each))?.ingress
    const isOwn = locations.some(
      (each) => each.ingress !== undefined && sameObject(each.ingress, ingress.ref) && needsRegex(each),
    )
    if (cause === undefined || isOwn || seen.has(claim.host)) return []
    seen.add(claim.host)
    return [{ kind: 'regex-spreads', host: claim.host, by: cause, path: [...pathOf(claim), 'path'] }]
  })
}

function refusedBy(ingress: Ingress, problem: ConfigProblem): readonly IngressFinding[] {
  const origin = problem.because.find(({ object }) => sameObject(object, ingress.ref))
  return origin === undefined ? [] : [{ kind: 'config-refused', problem, path: origin.paths[0] ?? ['spec'] }]
}

function sameField(a: FieldPath, b: FieldPath): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index])
}

/** The host as a person reads it. */
export function hostName(host: string): string {
  return host === catchAllHost ? '*' : host
}
