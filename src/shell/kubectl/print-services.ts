/** `kubectl get services` (kubernetes pkg/printers/internalversion/printers.go, printService). */
import type { Millis } from '../../sim/clock.ts'
import type { Service } from '../../sim/cluster/objects.ts'
import { printAge } from './print-age.ts'
import { formatLabels, type Column } from './print-table.ts'

export const serviceColumns: readonly Column[] = [
  { name: 'Name' },
  { name: 'Type' },
  { name: 'Cluster-IP' },
  { name: 'External-IP' },
  { name: 'Port(s)' },
  { name: 'Age' },
  { name: 'Selector', wide: true },
]

/** A Service's cells. `wide` matters here: without it a load balancer's addresses are cut. */
export function serviceCells(service: Service, nowMs: Millis, wide: boolean): readonly string[] {
  return [
    service.ref.name,
    service.type,
    clusterIpCell(service),
    externalIpCell(service, wide),
    portsCell(service),
    printAge(service.createdAtMs, nowMs),
    formatLabels(service.selector),
  ]
}

/** Addresses of a load balancer as a sorted set, cut to 13 characters and dots where they are longer than 16 and not wanted wide. */
export function loadBalancerCell(addresses: readonly string[], wide: boolean): string {
  const text = [...new Set(addresses)].toSorted().join(',')
  return text.length > 16 && !wide ? `${text.slice(0, 13)}...` : text
}

function clusterIpCell(service: Service): string {
  if (service.type === 'ExternalName') return '<none>'
  return service.headless ? 'None' : (service.clusterIps[0] ?? '<none>')
}

function externalIpCell(service: Service, wide: boolean): string {
  switch (service.type) {
    case 'ExternalName':
      return service.externalName ?? ''
    case 'LoadBalancer': {
      const given = service.loadBalancerIngress.map((entry) => entry.ip ?? entry.hostname ?? '')
      const cell = loadBalancerCell(given, wide)
      const parts = [...(cell === '' ? [] : [cell]), ...service.externalIps]
      return parts.length === 0 ? '<pending>' : parts.join(',')
    }
    case 'ClusterIP':
    case 'NodePort':
      return service.externalIps.length === 0 ? '<none>' : service.externalIps.join(',')
  }
}

function portsCell(service: Service): string {
  if (service.ports.length === 0) return '<none>'
  return service.ports
    .map((port) =>
      port.nodePort > 0 ? `${port.port}:${port.nodePort}/${port.protocol}` : `${port.port}/${port.protocol}`,
    )
    .join(',')
}
