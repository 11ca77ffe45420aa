/**
 * Rules that were read from a real node in place of the computed ones, and the Services found in them again: chains are known by their
 * names, which are hashes of the service port (chain-names.ts), and rows by what they say.
 */
import type { ObjectRef } from '../cluster/object-ref.ts'
import type { EndpointSlice, Service } from '../cluster/objects.ts'
import { DRAW_RANGE } from '../draw.ts'
import type { IpVersion } from '../network/address.ts'
import { ruleId, type Chain, type Rule, type Ruleset, type Target } from '../netfilter/ruleset.ts'
import type { NodeRules } from './compile-node-rules.ts'
import { cardOf, cardsIn, thresholdOf, type ServiceChain, type ServiceChainRow } from './service-chain.ts'
import { printEndpoint } from './slice-ports.ts'
import { chainOf, servicePorts, type ServicePortInfo } from './service-ports.ts'

/** The objects whose traces are looked for in rules that were read. */
export interface ServiceObjects {
  readonly services: readonly Service[]
  readonly endpointSlices: readonly EndpointSlice[]
}

/**
 * The rules as a node's own. No manifest is behind them. The sets that they ask stand in no dump; those of the cluster's IPPools are
 * taken from the `computed` rules, others from what was pasted of them (imported-sets.ts), any other is not known.
 */
export function importedRules(
  ruleset: Ruleset,
  { services, endpointSlices }: ServiceObjects,
  version: IpVersion,
  computed: NodeRules,
): NodeRules {
  // What kube-proxy keeps outside iptables, its nftables table or its virtual servers, is no part of what iptables-save prints.
  if (computed.nft !== undefined || computed.virtualServers !== undefined)
    return { ...computed, basis: 'imported', ruleset, owners: undefined }
  const nat = ruleset.tables.find(({ name }) => name === 'nat')?.chains ?? []
  const chains = new Map(nat.map((chain) => [chain.name, chain]))
  const pods = podsByAddress(endpointSlices)
  return {
    basis: 'imported',
    ruleset,
    origins: () => undefined,
    owners: undefined,
    sets: computed.sets,
    cards: cardsIn(servicePorts(services, version).map((port) => serviceChainIn(chains, port, pods))),
  }
}

/** Address → Pod. */
export type PodsByAddress = ReadonlyMap<string, ObjectRef>

/** Pods by the addresses that EndpointSlices list. */
export function podsByAddress(slices: readonly EndpointSlice[]): PodsByAddress {
  return new Map(
    slices.flatMap(({ endpoints }) =>
      endpoints.flatMap(({ addresses, targetRef }) =>
        targetRef?.kind === 'Pod' ? addresses.map((address) => [address, targetRef] as const) : [],
      ),
    ),
  )
}

function serviceChainIn(
  chains: ReadonlyMap<string, Chain>,
  port: ServicePortInfo,
  pods: PodsByAddress,
): ServiceChain {
  const names = [chainOf(port, 'SVC'), chainOf(port, 'SVL')].filter((name) => chains.has(name))
  const chain = chains.get(chainOf(port, port.internalLocal ? 'SVL' : 'SVC'))
  return {
    ...cardOf(port),
    chain: chain?.name ?? '',
    chains: names,
    rows: chain === undefined ? [] : rowsOf(chain, chains, pods),
  }
}

/** The rows that share traffic out: those that lead to an endpoint's chain, affinity's aside. */
function rowsOf(
  chain: Chain,
  chains: ReadonlyMap<string, Chain>,
  pods: PodsByAddress,
): readonly ServiceChainRow[] {
  let left = 1
  return chain.rules.flatMap((rule, index) => {
    const endpoint = endpointOf(rule, chains)
    if (endpoint === undefined || rule.matches.some(({ kind }) => kind === 'recent')) return []
    const threshold = thresholdOf(rule)
    const probability = threshold === undefined ? 1 : threshold / DRAW_RANGE
    const share = left * probability
    left -= share
    const pod = pods.get(endpoint.address)
    return [
      {
        ruleId: ruleId('nat', chain.name, index + 1),
        sepChain: endpoint.chain,
        endpoint:
          endpoint.port === undefined ? endpoint.address : printEndpoint(endpoint.address, endpoint.port),
        ...(pod === undefined ? {} : { pod }),
        ...(threshold === undefined ? {} : { threshold }),
        probability,
        share,
      },
    ]
  })
}

function endpointOf({ target }: Rule, chains: ReadonlyMap<string, Chain>) {
  if (target?.kind !== 'jump' || !target.chain.startsWith('KUBE-SEP-')) return undefined
  const dnat = chains
    .get(target.chain)
    ?.rules.map((rule) => rule.target)
    .find((each): each is Extract<Target, { kind: 'DNAT' }> => each?.kind === 'DNAT')
  return dnat && { chain: target.chain, address: dnat.address, port: dnat.port }
}
