/**
 * How CoreDNS's kubernetes plugin reads a name, from the right (CoreDNS 1.14.7 plugin/kubernetes/parse.go; Kubernetes DNS specification
 * 1.1.0): zone, `svc` or `pod`, namespace, service, then an endpoint or `_port._protocol`.
 */
import { labelsOf } from './domain-name.ts'

/** What each label was taken for, in the letters of the question and in its order, and what came of it. */
export interface NameReading {
  readonly labels: readonly { readonly text: string; readonly as: LabelRole }[]
  readonly finding: NameFinding
}

export type LabelRole =
  'endpoint' | 'port' | 'protocol' | 'service' | 'pod' | 'namespace' | 'kind' | 'zone' | 'unread'

export type NameFinding =
  /** The zone, `svc.ZONE` or `pod.ZONE`: exists, has no address. */
  | { readonly kind: 'root' }
  /** A namespace alone: exists, has no address. */
  | { readonly kind: 'namespace'; readonly namespace: string }
  | { readonly kind: 'not-svc-or-pod'; readonly label: string }
  | { readonly kind: 'too-many-labels' }
  | { readonly kind: 'no-namespace'; readonly namespace: string }
  /** `namespaces` of the Corefile leaves it out. */
  | { readonly kind: 'namespace-left-out'; readonly namespace: string }
  | { readonly kind: 'no-service'; readonly namespace: string; readonly service: string }
  | {
      readonly kind: 'service'
      readonly namespace: string
      readonly service: string
      readonly of: ServiceKind
    }
  | {
      readonly kind: 'endpoint'
      readonly namespace: string
      readonly service: string
      readonly endpoint: string
    }
  | {
      readonly kind: 'no-endpoint'
      readonly namespace: string
      readonly service: string
      readonly endpoint: string
    }
  /** A headless Service, or one with `ignore empty_service`, without ready endpoint. */
  | { readonly kind: 'no-ready-endpoint'; readonly namespace: string; readonly service: string }
  | {
      readonly kind: 'no-port'
      readonly namespace: string
      readonly service: string
      readonly port: string
      readonly protocol: string
    }
  /** `pods disabled`. */
  | { readonly kind: 'pods-disabled' }
  | { readonly kind: 'not-an-address'; readonly label: string }
  | { readonly kind: 'pod-address'; readonly address: string }
  | { readonly kind: 'no-pod'; readonly address: string }
  | { readonly kind: 'dns-version' }
  /** `ns.dns.ZONE`, or the zone's NS records. */
  | { readonly kind: 'name-server' }
  /** A reverse name with that many owners. */
  | { readonly kind: 'reverse'; readonly address: string; readonly owners: number }

export type ServiceKind = 'ClusterIP' | 'headless' | 'ExternalName'

/** The parts of a name in lower case; those that it does not have are absent. */
export interface NameParts {
  readonly kind?: 'svc' | 'pod'
  readonly namespace?: string
  /** The Service's name; below `pod` the Pod's dashed address. */
  readonly service?: string
  readonly endpoint?: string
  readonly port?: string
  readonly protocol?: string
  readonly fault?: 'not-svc-or-pod' | 'too-many-labels'
  /** The label that stands where `svc` or `pod` should. */
  readonly stranger?: string
}

/** Reads a name that lies in the zone. Namespaces and Services are not looked up here. */
export function readName(
  name: string,
  zone: string,
): { readonly parts: NameParts; readonly labels: NameReading['labels'] } {
  const all = labelsOf(name)
  const zoneLength = labelsOf(zone).length
  const below = all.slice(0, all.length - zoneLength)
  const zoneLabels = all.slice(all.length - zoneLength).map((text) => ({ text, as: 'zone' as const }))
  const low = below.map((label) => label.toLowerCase()).toReversed()
  const roles = rolesOf(low)
  const labels = below.map((text, at) => ({ text, as: roles[below.length - 1 - at] ?? 'unread' }))
  return { parts: partsOf(low, roles), labels: [...labels, ...zoneLabels] }
}

/** The roles from right to left. */
function rolesOf(low: readonly string[]): readonly LabelRole[] {
  const [kind, , , ...rest] = low
  if (kind !== 'svc' && kind !== 'pod') return []
  const base: readonly LabelRole[] = ['kind', 'namespace', kind === 'svc' ? 'service' : 'pod']
  if (rest.length === 1) return [...base, 'endpoint']
  return rest.length === 2 ? [...base, 'protocol', 'port'] : base
}

function partsOf(low: readonly string[], roles: readonly LabelRole[]): NameParts {
  const [kind, namespace, service, ...rest] = low
  if (kind === undefined) return {}
  if (kind !== 'svc' && kind !== 'pod') return { fault: 'not-svc-or-pod', stranger: kind }
  if (rest.length > 2) return { kind, fault: 'too-many-labels' }
  const at = (role: LabelRole) => low[roles.indexOf(role)]?.replace(/^_/, '')
  const endpoint = rest.length === 1 ? rest[0] : undefined
  const [port, protocol] = [at('port'), at('protocol')]
  return {
    kind,
    ...(namespace === undefined ? {} : { namespace }),
    ...(service === undefined ? {} : { service }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(port === undefined ? {} : { port }),
    ...(protocol === undefined ? {} : { protocol }),
  }
}
