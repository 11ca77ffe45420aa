/** The zone's NS records: the Services that select the CoreDNS Pod that answers (CoreDNS 1.14.7 plugin/kubernetes/ns.go). */
import type { Origin } from '../cluster/object-ref.ts'
import { ipVersion } from '../network/address.ts'
import type { IpAddress } from '../network/address.ts'
import { joinNames } from './domain-name.ts'
import { serviceKeyOf } from './kubernetes-index.ts'
import type { KubernetesIndex } from './kubernetes-index.ts'
import { endpointName, serviceName } from './kubernetes-records.ts'
import type { ResourceRecord } from './message.ts'
import type { KubernetesConfig } from './plugin-config.ts'

/**
 * The NS records and, in additional, the addresses of those names. Where no Service selects the Pod the name is `ns.dns.ZONE`, with the
 * Pod's own address; without a Pod address there is none.
 */
export function nameServersOf(
  config: KubernetesConfig,
  backend: { readonly index: KubernetesIndex; readonly podIp?: IpAddress },
  zone: string,
): {
  readonly answer: readonly ResourceRecord[]
  readonly additional: readonly ResourceRecord[]
  readonly because: readonly Origin[]
} {
  const { index, podIp } = backend
  if (podIp === undefined) return { answer: [], additional: [], because: [] }
  const selecting = (index.endpointsByIp.get(podIp) ?? []).flatMap((ready) => {
    const service = index.services.get(serviceKeyOf(ready.slice))
    if (service === undefined) return []
    const name = serviceName(service, zone)
    const because: Origin = { object: service.ref, paths: [] }
    if (!service.headless) return [{ name, addresses: service.clusterIps, because }]
    return [{ name: `${endpointName(ready, podIp, config)}.${name}`, addresses: [podIp], because }]
  })
  const own = { name: joinNames('ns.dns', zone), addresses: [podIp], because: undefined }
  const servers = selecting.length > 0 ? selecting : [own]
  const byName = [...new Map(servers.map((server) => [server.name, server])).values()]
  const ttlSeconds = config.ttlSeconds
  return {
    answer: byName.map(({ name }) => ({ name: zone, ttlSeconds, type: 'NS', data: name })),
    additional: byName.flatMap(({ name, addresses }) =>
      addresses.map((data): ResourceRecord => ({
        name,
        ttlSeconds,
        type: ipVersion(data) === 4 ? 'A' : 'AAAA',
        data,
      })),
    ),
    because: byName.flatMap(({ because }) => because ?? []),
  }
}
