/** Upstreams by name. Models createUpstreams (ingress-nginx internal/ingress/controller/controller.go). */
import type { Origin } from '../cluster/object-ref.ts'
import type { Ingress } from '../cluster/objects.ts'
import { readBalancing } from './balancing.ts'
import type { ControllerSettings } from './controller-settings.ts'
import { backendService, pathClaims } from './ingress-claims.ts'
import { annotationOf } from './location-annotations.ts'
import { parseGoBool } from './parse-go-bool.ts'
import type { ServicesInView } from './upstream-members.ts'
import { findService, firstPortMembers, slicesOf, upstreamMembers } from './upstream-members.ts'
import type { BackendService, Upstream } from './virtual-server.ts'

/** The upstream of whatever no Ingress gives a backend: a Service, or nginx's own 404. */
export const defaultUpstream = 'upstream-default-backend'

/** `default-nginx-80`, `default-nginx-http`: the port as the Ingress writes it. */
export function upstreamName({ namespace, name, port }: BackendService): string {
  return `${namespace}-${name}-${port}`
}

/**
 * Every upstream that the Ingresses name, in the order of first mention, the default one last. The first path that names an
 * upstream fixes its annotations, and later ones share it; but every `defaultBackend` makes it anew.
 * @param ingresses in the controller's order
 */
export function buildUpstreams(
  ingresses: readonly Ingress[],
  view: ServicesInView,
  settings: ControllerSettings,
): readonly Upstream[] {
  const found = new Map<string, Upstream>()
  for (const { backend, ingress, because, isDefault } of ingresses.flatMap(mentions)) {
    const name = upstreamName(backend)
    if (found.has(name) && !isDefault) continue
    const serviceUpstream = parseGoBool(annotationOf(ingress, 'service-upstream')) ?? settings.serviceUpstream
    const members = upstreamMembers(backend, view, serviceUpstream)
    const balancing = readBalancing(ingress, settings)
    found.set(name, { name, backend, members, balancing, because: [because, ...originsOf(backend, view)] })
  }
  return [...found.values(), buildDefaultUpstream(view, settings)]
}

interface Mention {
  readonly backend: BackendService
  readonly ingress: Ingress
  readonly because: Origin
  /** Whether it is a `defaultBackend`. */
  readonly isDefault: boolean
}

function mentions(ingress: Ingress): readonly Mention[] {
  const backend = backendService(ingress, ingress.defaultBackend)
  const because: Origin = { object: ingress.ref, paths: [['spec', 'defaultBackend']] }
  const paths = pathClaims([ingress]).map((claim) => ({ ...claim, isDefault: false }))
  return backend === undefined ? paths : [{ backend, ingress, because, isDefault: true }, ...paths]
}

function originsOf(backend: BackendService, view: ServicesInView): readonly Origin[] {
  const service = findService(backend, view.services)
  if (service === undefined) return []
  const slices = slicesOf(service, view.endpointSlices)
  return [service, ...slices].map(({ ref }) => ({ object: ref, paths: [] }))
}

/** Without ready endpoints the built-in server is back (getDefaultUpstream). */
function buildDefaultUpstream(view: ServicesInView, settings: ControllerSettings): Upstream {
  const [namespace = '', name = ''] = (settings.defaultBackendService ?? '').split('/')
  const plain = {
    name: defaultUpstream,
    balancing: { kind: settings.loadBalance === 'ewma' ? 'ewma' : 'round-robin' },
  } as const
  const service = findService({ namespace, name }, view.services)
  const members = service && firstPortMembers(service, view)
  if (service === undefined || members?.kind !== 'endpoints')
    return { ...plain, members: { kind: 'built-in-404' }, because: [] }
  const backend = { namespace, name, port: service.ports[0]?.port ?? '' }
  return { ...plain, backend, members, because: originsOf(backend, view) }
}
