/**
 * kube-proxy's ipsets in IPVS mode: which addresses and ports are whose. Models pkg/proxy/ipvs/ipset.go (names, comments) and
 * proxier.go, ipsetInfo and syncProxyRules.
 */
import type { IpAddress, IpVersion } from '../network/address.ts'
import type { IpSet, IpSets, IpSetType } from '../netfilter/ip-sets.ts'
import type { EndpointInfo } from './endpoint-lists.ts'
import { admitsNode, type ServicePortInfo } from './service-ports.ts'

/** The sets by what they are for; {@link setName} gives the name of a family's own. */
export type SetId = keyof typeof kinds

const kinds = {
  'LOOP-BACK': {
    type: 'hash:ip,port,ip',
    comment: 'Kubernetes endpoints dst ip:port, source ip for solving hairpin purpose',
  },
  'CLUSTER-IP': {
    type: 'hash:ip,port',
    comment: 'Kubernetes service cluster ip + port for masquerade purpose',
  },
  'EXTERNAL-IP': {
    type: 'hash:ip,port',
    comment: 'Kubernetes service external ip + port for masquerade and filter purpose',
  },
  'EXTERNAL-IP-LOCAL': {
    type: 'hash:ip,port',
    comment: 'Kubernetes service external ip + port with externalTrafficPolicy=local',
  },
  'LOAD-BALANCER': { type: 'hash:ip,port', comment: 'Kubernetes service lb portal' },
  'LOAD-BALANCER-FW': {
    type: 'hash:ip,port',
    comment: 'Kubernetes service load balancer ip + port for load balancer with sourceRange',
  },
  'LOAD-BALANCER-LOCAL': {
    type: 'hash:ip,port',
    comment: 'Kubernetes service load balancer ip + port with externalTrafficPolicy=local',
  },
  'LOAD-BALANCER-SOURCE-IP': {
    type: 'hash:ip,port,ip',
    comment: 'Kubernetes service load balancer ip + port + source IP for packet filter purpose',
  },
  'LOAD-BALANCER-SOURCE-CIDR': {
    type: 'hash:ip,port,net',
    comment: 'Kubernetes service load balancer ip + port + source cidr for packet filter purpose',
  },
  'NODE-PORT-TCP': { type: 'bitmap:port', comment: 'Kubernetes nodeport TCP port for masquerade purpose' },
  'NODE-PORT-LOCAL-TCP': {
    type: 'bitmap:port',
    comment: 'Kubernetes nodeport TCP port with externalTrafficPolicy=local',
  },
  'NODE-PORT-UDP': { type: 'bitmap:port', comment: 'Kubernetes nodeport UDP port for masquerade purpose' },
  'NODE-PORT-LOCAL-UDP': {
    type: 'bitmap:port',
    comment: 'Kubernetes nodeport UDP port with externalTrafficPolicy=local',
  },
  'NODE-PORT-SCTP-HASH': {
    type: 'hash:ip,port',
    comment: "Kubernetes nodeport SCTP port for masquerade purpose with type 'hash ip:port'",
  },
  'NODE-PORT-LOCAL-SCTP-HASH': {
    type: 'hash:ip,port',
    comment: "Kubernetes nodeport SCTP port with externalTrafficPolicy=local with type 'hash ip:port'",
  },
  'HEALTH-CHECK-NODE-PORT': { type: 'bitmap:port', comment: 'Kubernetes health check node port' },
  'IPVS-IPS': { type: 'hash:ip', comment: '' },
} as const satisfies Readonly<Record<string, { readonly type: IpSetType; readonly comment: string }>>

/** A service port with all of its endpoints. */
export interface SetInput {
  readonly port: ServicePortInfo
  /** Its endpoints on the node. */
  readonly local: readonly EndpointInfo[]
}

/** `KUBE-CLUSTER-IP`, in IPv6 `KUBE-6-CLUSTER-IP`. */
export function setName(id: SetId, version: IpVersion): string {
  return `KUBE-${version === 6 ? '6-' : ''}${id}`
}

/** What a rule that asks the set says of it. */
export function setComment(id: SetId): string {
  return kinds[id].comment
}

/** All sets of a family, empty ones too; entries in the order in which service ports and endpoints come. */
export function proxySets(
  inputs: readonly SetInput[],
  bound: readonly IpAddress[],
  nodeIps: readonly IpAddress[],
  nodeIp: IpAddress | undefined,
  version: IpVersion,
): IpSets {
  const entries = new Map<SetId, Set<string>>()
  const add = (id: SetId, entry: string) => entries.set(id, (entries.get(id) ?? new Set()).add(entry))
  for (const { port, local } of inputs) {
    for (const { address, port: number } of local)
      add('LOOP-BACK', `${address},${port.protocol}:${number},${address}`)
    add('CLUSTER-IP', portal(port.clusterIp, port))
    for (const address of port.externalIps)
      add(port.externalLocal ? 'EXTERNAL-IP-LOCAL' : 'EXTERNAL-IP', portal(address, port))
    for (const address of port.loadBalancerIps) addBalancer(add, port, address, nodeIp)
    if (port.nodePort !== 0) addNodePort(add, port, nodeIps)
    if (port.healthCheckNodePort !== 0) add('HEALTH-CHECK-NODE-PORT', String(port.healthCheckNodePort))
  }
  for (const address of bound) add('IPVS-IPS', address)
  return Object.fromEntries(
    setIds.map((id): [string, IpSet] => [
      setName(id, version),
      { type: kinds[id].type, version, entries: [...(entries.get(id) ?? [])] },
    ]),
  )
}

/** Every set there is, in kube-proxy's order. */
const setIds = Object.keys(kinds) as readonly SetId[]

type Add = (id: SetId, entry: string) => void

function portal(address: IpAddress, { protocol, port }: ServicePortInfo): string {
  return `${address},${protocol}:${port}`
}

function addBalancer(
  add: Add,
  port: ServicePortInfo,
  address: IpAddress,
  nodeIp: IpAddress | undefined,
): void {
  add('LOAD-BALANCER', portal(address, port))
  if (port.externalLocal) add('LOAD-BALANCER-LOCAL', portal(address, port))
  if (port.sourceRanges.length === 0) return
  add('LOAD-BALANCER-FW', portal(address, port))
  for (const range of port.sourceRanges) add('LOAD-BALANCER-SOURCE-CIDR', `${portal(address, port)},${range}`)
  if (admitsNode(port, nodeIp)) add('LOAD-BALANCER-SOURCE-IP', `${portal(address, port)},${address}`)
}

const nodePortSets = {
  tcp: ['NODE-PORT-TCP', 'NODE-PORT-LOCAL-TCP'],
  udp: ['NODE-PORT-UDP', 'NODE-PORT-LOCAL-UDP'],
  sctp: ['NODE-PORT-SCTP-HASH', 'NODE-PORT-LOCAL-SCTP-HASH'],
} as const

function addNodePort(add: Add, port: ServicePortInfo, nodeIps: readonly IpAddress[]): void {
  if (nodeIps.length === 0) return
  const entries =
    port.protocol === 'sctp'
      ? nodeIps.map((address) => `${address},sctp:${port.nodePort}`)
      : [String(port.nodePort)]
  const [all, local] = nodePortSets[port.protocol]
  for (const entry of entries) {
    add(all, entry)
    if (port.externalLocal) add(local, entry)
  }
}
