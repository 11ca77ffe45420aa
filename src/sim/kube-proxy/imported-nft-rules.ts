/**
 * kube-proxy's nftables table as it was read from a real node, in place of the computed one, and the Services found in it again: chains
 * are known by their names, which are hashes of the service port (nft-names.ts), and rows by the verdicts among which a rule draws.
 */
import type { IpVersion } from '../network/address.ts'
import type { NftChain, NftTable } from '../netfilter/nft-ruleset.ts'
import { nftRowId, nftRuleId } from '../netfilter/pass-nft.ts'
import type { NodeRules } from './compile-node-rules.ts'
import { podsByAddress, type PodsByAddress, type ServiceObjects } from './imported-rules.ts'
import { servicePortBase } from './nft-names.ts'
import { cardOf, cardsIn, type ServiceChain, type ServiceChainRow } from './service-chain.ts'
import { printEndpoint } from './slice-ports.ts'
import { servicePorts, type ServicePortInfo } from './service-ports.ts'

/** The node's rules with this table in place of the one `beside` them. No manifest is behind its chains and elements. */
export function importedNftRules(
  table: NftTable,
  { services, endpointSlices }: ServiceObjects,
  version: IpVersion,
  beside: NodeRules,
): NodeRules {
  const chains = new Map(table.chains.map((chain) => [chain.name, chain]))
  const pods = podsByAddress(endpointSlices)
  return {
    ...beside,
    origins: () => undefined,
    nft: { basis: 'imported', table },
    cards: cardsIn(servicePorts(services, version).map((port) => serviceChainIn(chains, port, pods))),
  }
}

function serviceChainIn(
  chains: ReadonlyMap<string, NftChain>,
  port: ServicePortInfo,
  pods: PodsByAddress,
): ServiceChain {
  const base = servicePortBase(port)
  const chain = chains.get(`${port.internalLocal ? 'local' : 'service'}-${base}`)
  return {
    ...cardOf(port),
    drawnOnce: true,
    chain: chain?.name ?? '',
    chains: [`service-${base}`, `local-${base}`].filter((name) => chains.has(name)),
    rows: chain === undefined ? [] : rowsOf(chain, chains, pods),
  }
}

/** One a verdict of the draw, each as likely as another. */
function rowsOf(
  chain: NftChain,
  chains: ReadonlyMap<string, NftChain>,
  pods: PodsByAddress,
): readonly ServiceChainRow[] {
  return chain.rules.flatMap(({ statements }, index) => {
    const draw = statements.find((statement) => statement.kind === 'numgen')
    if (draw?.kind !== 'numgen') return []
    const share = 1 / draw.verdicts.length
    return draw.verdicts.map((verdict, row): ServiceChainRow => {
      const name = 'chain' in verdict ? verdict.chain : verdict.kind
      const rewrite = chains
        .get(name)
        ?.rules.flatMap((rule) => rule.statements)
        .find((statement) => statement.kind === 'dnat')
      const to = rewrite?.kind === 'dnat' ? rewrite : undefined
      const pod = to && pods.get(to.address)
      return {
        ruleId: nftRowId(nftRuleId(chain.name, index + 1), row),
        sepChain: name,
        endpoint: to === undefined ? name : printEndpoint(to.address, to.port),
        ...(pod !== undefined && { pod }),
        probability: share,
        share,
      }
    })
  })
}
