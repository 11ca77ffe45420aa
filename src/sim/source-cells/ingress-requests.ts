/** The request that reaches a Service through an Ingress, from a client outside: its host, a path of its own, at the controller's door. */
import type { Cluster } from '../cluster/cluster.ts'
import type { Ingress, Service } from '../cluster/objects.ts'
import { absoluteName } from '../dns/domain-name.ts'
import { answerOutside } from '../dns/outside-names.ts'
import { makeQuery } from '../dns/message.ts'
import { ipVersion } from '../network/address.ts'
import { LAPTOP } from '../trace/outside-hosts.ts'
import { controllersOf, doorsOf, type ControllerDoor } from './controller-door.ts'
import type { SourceRequests } from './source-requests.ts'

/** The request, and the Service at the controller's door, whose policy counts on the way in. */
export interface IngressRequests {
  readonly requests: SourceRequests
  readonly door?: Service
}

/** The first Ingress that leads to the Service and that a controller takes; of its controller's doors the one that the host's name leads to. */
export function ingressRequests(cluster: Cluster, service: Service): IngressRequests {
  const ways = cluster.ingresses.flatMap((ingress) => wayTo(ingress, service))
  if (ways.length === 0) return without('no-ingress')
  for (const { ingress, host, path } of ways) {
    const controllers = controllersOf(cluster, ingress)
    if (controllers.length === 0) continue
    const scheme = ingress.tls.some(({ hosts }) => hosts.includes(host)) ? 'https' : 'http'
    const doors = doorsOf(cluster, controllers, scheme)
    const name = askedName(host)
    const named = doors.find((door) => isNamed(cluster, name, door, scheme))
    const door = named ?? doors[0]
    if (door === undefined) return without('no-door')
    const at = named === undefined ? authorityOf(door, scheme) : name
    return {
      requests: {
        kind: 'requests',
        from: [LAPTOP],
        url: `${scheme}://${at}${path}`,
        headers: named === undefined && name !== '' ? [['Host', name]] : [],
        ...(named === undefined && scheme === 'https' && name !== '' && { sni: name }),
        fits: () => true,
      },
      ...(door.service !== undefined && { door: door.service }),
    }
  }
  return without('no-controller')
}

function wayTo(ingress: Ingress, service: Service) {
  if (ingress.ref.namespace !== service.ref.namespace) return []
  const leads = (name: string | undefined) => name === service.ref.name
  const byRule = ingress.rules.flatMap(({ host, paths = [] }) =>
    paths
      .filter(({ backend }) => leads(backend.service?.name))
      .map(({ path }) => ({ ingress, host, path: path === '' ? '/' : path })),
  )
  const byDefault = leads(ingress.defaultBackend?.service?.name) ? [{ ingress, host: '', path: '/' }] : []
  return [...byRule, ...byDefault]
}

/** A name that a wildcard covers. */
function askedName(host: string): string {
  return host.replace(/^\*\./, 'www.')
}

/** Whether the name, as the laptop resolves it, leads to the door at the scheme's own port. */
function isNamed(cluster: Cluster, name: string, door: ControllerDoor, scheme: 'http' | 'https'): boolean {
  if (name === '' || door.port !== (scheme === 'https' ? 443 : 80)) return false
  const type = ipVersion(door.address) === 6 ? 'AAAA' : 'A'
  const { reply } = answerOutside(cluster.dnsEndpoints, makeQuery({ name: absoluteName(name), type }, 0))
  return reply.answer.some(({ data }) => data === door.address)
}

function authorityOf({ address, port }: ControllerDoor, scheme: 'http' | 'https'): string {
  const host = ipVersion(address) === 6 ? `[${address}]` : address
  return port === (scheme === 'https' ? 443 : 80) ? host : `${host}:${port}`
}

function without(because: 'no-ingress' | 'no-controller' | 'no-door'): IngressRequests {
  return { requests: { kind: 'none', because } }
}
