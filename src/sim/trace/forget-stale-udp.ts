/**
 * What kube-proxy takes out of conntrack after it has written rules. Models pkg/proxy/conntrack/cleanup.go (1.32): UDP entries that
 * were sent to a Service and whose replies come from no endpoint of it any more, so that a sender that keeps its port reaches another
 * Pod. Services without endpoints are passed over. TCP entries stay: their peers learn by RST or by silence.
 */
import type { Cluster } from '../cluster/cluster.ts'
import { removeEntries, type ConntrackEntry, type ConntrackTable } from '../netfilter/conntrack.ts'
import { servingEndpoints } from './serving-endpoints.ts'

/** The table without the entries that the cluster's rules would not make; the same table where all may stay. */
export function forgetStaleUdp(cluster: Cluster, table: ConntrackTable): ConntrackTable {
  const udp = table.entries.some((entry) => entry.original.protocol === 'udp')
  if (!udp) return table
  const services = udpServices(cluster)
  return removeEntries(table, (entry) => services.some((service) => isStale(entry, service)))
}

/** One UDP port of a Service: where clients send, and who may answer. */
interface UdpService {
  readonly addresses: ReadonlySet<string>
  readonly port: number
  readonly nodePort: number
  readonly endpoints: ReadonlySet<string>
}

function isStale({ original, reply }: ConntrackEntry, service: UdpService): boolean {
  if (original.protocol !== 'udp' || service.endpoints.has(reply.src)) return false
  return service.addresses.has(original.dst)
    ? original.dstPort === service.port
    : service.nodePort !== 0 && original.dstPort === service.nodePort
}

function udpServices(cluster: Cluster): readonly UdpService[] {
  return cluster.services.flatMap((service) => {
    const ports = service.ports.filter(({ protocol }) => protocol === 'UDP')
    if (ports.length === 0) return []
    const endpoints = new Set<string>(servingEndpoints(cluster, service).flatMap((each) => each.addresses))
    if (endpoints.size === 0) return []
    const balancers = service.loadBalancerIngress.flatMap(({ ip }) => ip ?? [])
    const addresses = new Set<string>([...service.clusterIps, ...service.externalIps, ...balancers])
    return ports.map(({ port, nodePort }) => ({ addresses, port, nodePort, endpoints }))
  })
}
