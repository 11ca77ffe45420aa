/** One service port's chain as a card shows it: rows in the order of evaluation, with their shares. */
import type { ObjectRef } from '../cluster/object-ref.ts'
import type { Protocol } from '../cluster/objects.ts'
import { DRAW_RANGE } from '../draw.ts'
import { ruleId, type Chain, type Rule, type RuleId } from '../netfilter/ruleset.ts'
import type { ChosenEndpoints } from './choose-endpoints.ts'
import type { EndpointInfo } from './endpoint-lists.ts'
import { chainOf, type ServicePortInfo } from './service-ports.ts'

/** A service port and the choice that its ClusterIP leads to. */
export interface ServiceChain {
  readonly service: ObjectRef
  readonly portName: string
  readonly protocol: Protocol
  readonly port: number
  /** KUBE-SVC-…, or KUBE-SVL-… with internalTrafficPolicy Local; in nftables mode service-… or local-…; `''` where the ClusterIP leads nowhere. */
  readonly chain: string
  /** All chains in which this service port's traffic is shared out, `chain` among them. */
  readonly chains: readonly string[]
  /** IPVS's, in that mode: rows are real servers then and have no threshold. */
  readonly scheduler?: string
  /** In nftables mode: one draw names the row, and no row draws for itself. */
  readonly drawnOnce?: true
  readonly rows: readonly ServiceChainRow[]
}

export interface ServiceChainRow {
  /** In IPVS mode the id of a real server. */
  readonly ruleId: RuleId
  readonly sepChain: string
  /** `IP:port` */
  readonly endpoint: string
  readonly pod?: ObjectRef
  /** Of 2^31; absent: always. */
  readonly threshold?: number
  /** 0…1, of what comes to this row; 1 for the last. */
  readonly probability: number
  /** 0…1, of all connections. */
  readonly share: number
}

/** The card of a service port, from its own chains. */
export function serviceChain(
  port: ServicePortInfo,
  { cluster, local }: ChosenEndpoints,
  chains: readonly Chain[],
): ServiceChain {
  const choices = [chainOf(port, 'SVC'), chainOf(port, 'SVL')].flatMap((wanted) =>
    chains.filter(({ name }) => name === wanted),
  )
  const chain = choices.find(({ name }) => name === chainOf(port, port.internalLocal ? 'SVL' : 'SVC'))
  const endpoints = port.internalLocal ? local : cluster
  return {
    ...cardOf(port),
    chain: chain?.name ?? '',
    chains: choices.map(({ name }) => name),
    rows: chain === undefined ? [] : rowsOf(chain, endpoints),
  }
}

/** The card of a service port in nftables mode: one draw names the row, so that every row has its share at once. */
export function drawnChain(
  port: ServicePortInfo,
  choice:
    | {
        readonly chain: string
        readonly rows: readonly { readonly endpoint: EndpointInfo; readonly ruleId: RuleId }[]
      }
    | undefined,
  chains: readonly string[],
): ServiceChain {
  const rows = choice?.rows ?? []
  return {
    ...cardOf(port),
    drawnOnce: true,
    chain: choice?.chain ?? '',
    chains,
    rows: rows.map(({ endpoint, ruleId }) => evenRow(endpoint, ruleId, rows.length)),
  }
}

/** The card of a service port in IPVS mode: its real servers, whose turns are no draws. */
export function balancedChain(
  port: ServicePortInfo,
  endpoints: readonly EndpointInfo[],
  idOf: (endpoint: EndpointInfo) => string,
  scheduler: string,
): ServiceChain {
  const rows = endpoints.map((endpoint) => evenRow(endpoint, idOf(endpoint), endpoints.length))
  return { ...cardOf(port), chain: '', chains: [], scheduler, rows }
}

/** The cards of one node. */
export interface ServiceCards {
  /** One a service port of those Services, or of all: by namespace, Service, port name, protocol. */
  readonly ofServices: (isWanted?: (service: ObjectRef) => boolean) => readonly ServiceChain[]
  /** That of the service port whose traffic is shared out in the chain. */
  readonly ofChain: (chain: string) => ServiceChain | undefined
}

/** The cards in a list. */
export function cardsIn(list: readonly ServiceChain[]): ServiceCards {
  return {
    ofServices: (isWanted = () => true) => list.filter(({ service }) => isWanted(service)),
    ofChain: (chain) => list.find(({ chains }) => chains.includes(chain)),
  }
}

/** Whose card it is. */
export function cardOf(
  port: ServicePortInfo,
): Pick<ServiceChain, 'service' | 'portName' | 'protocol' | 'port'> {
  return {
    service: port.service.ref,
    portName: port.portName,
    protocol: upperCase[port.protocol],
    port: port.port,
  }
}

/** One of so many rows with equal shares. */
function evenRow(endpoint: EndpointInfo, ruleId: RuleId, count: number): ServiceChainRow {
  const pod = endpoint.endpoint.targetRef
  return {
    ruleId,
    sepChain: '',
    endpoint: endpoint.text,
    ...(pod?.kind === 'Pod' && { pod }),
    probability: 1 / count,
    share: 1 / count,
  }
}

const upperCase = { tcp: 'TCP', udp: 'UDP', sctp: 'SCTP' } as const

/** A row for each endpoint: they stand at the end of the chain. */
function rowsOf({ name, rules }: Chain, endpoints: readonly EndpointInfo[]): readonly ServiceChainRow[] {
  const before = rules.length - endpoints.length
  let left = 1
  return endpoints.map((endpoint, index) => {
    const rule = rules[before + index]
    const threshold = rule && thresholdOf(rule)
    const probability = threshold === undefined ? 1 : threshold / DRAW_RANGE
    const share = left * probability
    left -= share
    const pod = endpoint.endpoint.targetRef
    return {
      ruleId: ruleId('nat', name, before + index + 1),
      sepChain: rule?.target?.kind === 'jump' ? rule.target.chain : '',
      endpoint: endpoint.text,
      ...(pod?.kind === 'Pod' && { pod }),
      ...(threshold !== undefined && { threshold }),
      probability,
      share,
    }
  })
}

/** How often a row is taken, of 2^31; undefined: always. */
export function thresholdOf(rule: Rule): number | undefined {
  const statistic = rule.matches.find((match) => match.kind === 'statistic-random')
  return statistic?.kind === 'statistic-random' ? statistic.threshold : undefined
}
