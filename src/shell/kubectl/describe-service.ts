/** `kubectl describe service` (k8s.io/kubectl pkg/describe/describe.go at 1.32, describeService). */
import type { Cluster } from '../../sim/cluster/cluster.ts'
import type { Service, ServicePort } from '../../sim/cluster/objects.ts'
import { bodyOf } from './list-objects.ts'
import { layOutFields, printAnnotations, printLabels, type Field } from './print-description.ts'
import { firstFew, hostPort } from './print-endpoints.ts'
import { formatLabels } from './print-table.ts'
import { objectAt, textAt } from './wire-fields.ts'

/** The whole description. Endpoints are read from EndpointSlices, ready ones alone, as kubectl does since 1.31. */
export function describeService(service: Service, cluster: Cluster): string {
  const spec = objectAt(bodyOf(service.ref, cluster), 'spec')
  const addresses = service.headless ? ['None'] : service.clusterIps
  const isExternalName = service.type === 'ExternalName'
  const isReachedFromOutside = service.type === 'NodePort' || service.type === 'LoadBalancer'
  return layOutFields([
    ['Name', service.ref.name],
    ['Namespace', service.ref.namespace],
    ...printLabels('Labels', service.labels),
    ...printAnnotations('Annotations', service.annotations),
    ['Selector', formatLabels(service.selector)],
    ['Type', service.type],
    ...optional('IP Family Policy', textAt(spec, 'ipFamilyPolicy')),
    [
      'IP Families',
      isExternalName || service.ipFamilies.length === 0 ? '<none>' : service.ipFamilies.join(','),
    ],
    ['IP', addresses[0] ?? ''],
    ['IPs', addresses.length === 0 ? '<none>' : addresses.join(',')],
    ...optional('External IPs', service.externalIps.join(',')),
    ...optional('Desired LoadBalancer IP', textAt(spec, 'loadBalancerIP')),
    ...optional('External Name', service.externalName),
    ...optional('LoadBalancer Ingress', loadBalancerIngress(service)),
    ...service.ports.flatMap((port) => portFields(port, service, cluster)),
    ['Session Affinity', service.sessionAffinity],
    ...(isReachedFromOutside ? optional('External Traffic Policy', service.externalTrafficPolicy) : []),
    ...(isExternalName ? [] : optional('Internal Traffic Policy', service.internalTrafficPolicy)),
    ...(service.healthCheckNodePort > 0
      ? optional('HealthCheck NodePort', String(service.healthCheckNodePort))
      : []),
    ...optional('LoadBalancer Source Ranges', service.loadBalancerSourceRanges.join(',')),
    ['Events', '<none>'],
  ])
}

function portFields(port: ServicePort, service: Service, cluster: Cluster): readonly Field[] {
  const name = port.name === '' ? '<unset>' : port.name
  return [
    ['Port', `${name}  ${port.port}/${port.protocol}`],
    ['TargetPort', `${port.targetPort}/${port.protocol}`],
    ...(port.nodePort > 0 ? optional('NodePort', `${name}  ${port.nodePort}/${port.protocol}`) : []),
    ['Endpoints', endpointsOfPort(port, service, cluster)],
  ]
}

/** formatEndpointSlices: ready endpoints of the slices whose port has the name; three, then how many more. */
function endpointsOfPort(port: ServicePort, service: Service, cluster: Cluster): string {
  const own = cluster.endpointSlices.filter(
    (slice) => slice.ref.namespace === service.ref.namespace && slice.serviceName === service.ref.name,
  )
  const items = own.flatMap((slice) => {
    const ready = slice.endpoints
      .filter((endpoint) => endpoint.ready)
      .flatMap((endpoint) => endpoint.addresses)
    const ports = slice.ports.filter((candidate) => (candidate.name ?? '') === port.name)
    return ports.flatMap((candidate) => ready.map((address) => hostPort(address, candidate.port ?? 0)))
  })
  return items.length === 0 ? '<none>' : firstFew(items)
}

function loadBalancerIngress(service: Service): string {
  return service.loadBalancerIngress
    .map((entry) =>
      entry.ip === undefined ? (entry.hostname ?? '') : `${entry.ip} (${entry.ipMode ?? 'VIP'})`,
    )
    .join(', ')
}

function optional(key: string, value: string | undefined): readonly Field[] {
  return value === undefined || value === '' ? [] : [[key, value]]
}
