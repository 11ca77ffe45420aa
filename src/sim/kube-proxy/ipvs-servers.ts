/**
 * A node's virtual servers: one for each ClusterIP, external IP and balancer's address, and one for each node address and node port.
 * Models pkg/proxy/ipvs/proxier.go, syncProxyRules, syncService and syncEndpoint (about v1.33).
 */
import type { Origin } from '../cluster/object-ref.ts'
import type { IpAddress } from '../network/address.ts'
import { realKey, serverKey, type RealServerSpec, type VirtualServerSpec } from '../netfilter/ipvs-server.ts'
import type { ChosenEndpoints } from './choose-endpoints.ts'
import { fromEndpoint, fromService, portField } from './rule-origins.ts'
import type { Origins } from './rule-writer.ts'
import type { EndpointInfo } from './endpoint-lists.ts'
import type { ServicePortInfo } from './service-ports.ts'

/** A virtual server and the objects behind it. */
export interface WrittenServer {
  readonly spec: VirtualServerSpec
  readonly port: ServicePortInfo
  readonly endpoints: readonly EndpointInfo[]
  readonly origins: readonly Origin[]
}

/** The virtual servers of one service port, the ClusterIP's first. */
export function virtualServers(
  port: ServicePortInfo,
  chosen: ChosenEndpoints,
  nodeIps: readonly IpAddress[],
  scheduler: string,
): readonly WrittenServer[] {
  const internal = endpointsFor(chosen, port.internalLocal)
  const external = endpointsFor(chosen, port.externalLocal)
  const at = (
    address: IpAddress,
    number: number,
    endpoints: readonly EndpointInfo[],
    origins: readonly Origin[],
  ) => ({
    spec: {
      address,
      port: number,
      protocol: port.protocol,
      scheduler,
      ...(port.affinitySeconds !== undefined && { persistentSeconds: port.affinitySeconds }),
      realServers: endpoints.map(({ address: real, port: realPort }) => ({
        address: real,
        port: realPort,
        weight: 1,
      })),
    },
    port,
    endpoints,
    origins,
  })
  return [
    at(port.clusterIp, port.port, internal, fromService(port, ['spec', 'clusterIP'])),
    ...port.externalIps.map((address) =>
      at(address, port.port, external, fromService(port, ['spec', 'externalIPs'])),
    ),
    ...port.loadBalancerIps.map((address) =>
      at(address, port.port, external, fromService(port, ['status', 'loadBalancer'])),
    ),
    ...(port.nodePort === 0 ? [] : nodeIps).map((address) =>
      at(address, port.nodePort, external, fromService(port, portField(port, 'nodePort'))),
    ),
  ]
}

/** The id of a real server in evidence and on cards, as a rule has one: `ipvs tcp 10.96.0.80:80 172.31.1.11:80`. */
export function realServerId(
  server: Pick<VirtualServerSpec, 'protocol' | 'address' | 'port'>,
  real: Pick<RealServerSpec, 'address' | 'port'>,
): string {
  return `${serverId(server)} ${realKey(real)}`
}

/** The id of a virtual server: `ipvs tcp 10.96.0.80:80`. */
export function serverId(server: Pick<VirtualServerSpec, 'protocol' | 'address' | 'port'>): string {
  return `ipvs ${serverKey(server)}`
}

/** What stands behind each virtual server and each of its real servers, by their ids. */
export function serverOrigins(servers: readonly WrittenServer[]): Origins {
  let byId: ReadonlyMap<string, readonly Origin[]> | undefined
  return (id) => (byId ??= originsById(servers)).get(id)
}

/** Made for the first who asks: most syncs are never asked. */
function originsById(servers: readonly WrittenServer[]): ReadonlyMap<string, readonly Origin[]> {
  return new Map(
    servers.flatMap(({ spec, port, endpoints, origins }) => [
      [serverId(spec), origins],
      ...endpoints.map((endpoint) => [realServerId(spec, endpoint), fromEndpoint(port, endpoint)] as const),
    ]),
  )
}

/** With policy Local the local ones; where there are none, those of the cluster after all (kubernetes pull 97081). */
function endpointsFor({ cluster, local }: ChosenEndpoints, mustBeLocal: boolean): readonly EndpointInfo[] {
  return mustBeLocal && local.length > 0 ? local : cluster
}
