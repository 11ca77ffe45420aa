/** Gathers an nftables table, and remembers which objects stand behind its chains and elements. */
import type { Origin } from '../cluster/object-ref.ts'
import type { IpVersion } from '../network/address.ts'
import { nftRuleId } from '../netfilter/pass-nft.ts'
import type { NftChain, NftElement, NftField, NftRule, NftSet, NftTable } from '../netfilter/nft-ruleset.ts'
import type { RuleId } from '../netfilter/ruleset.ts'
import type { Origins } from './rule-writer.ts'

/** Writes into a table that is not finished yet. */
export interface NftWriter {
  /** The family's own words: `ip daddr` or `ip6 daddr`, and so on. */
  readonly daddr: NftField
  readonly saddr: NftField
  readonly addressType: 'ipv4_addr' | 'ipv6_addr'
  readonly set: (kind: NftSet['kind'], name: string, types: readonly string[], comment: string) => void
  /** A set that rules fill; its elements live so long. */
  readonly timedSet: (name: string, timeoutSeconds: number) => void
  readonly chain: (
    name: string,
    more?: Pick<NftChain, 'base' | 'comment'>,
    origins?: readonly Origin[],
  ) => void
  /** A rule at the end of a chain, which is made thereby. @returns its id */
  readonly rule: (chain: string, rule: NftRule) => RuleId
  /**
   * An element of a set or map. Of two with one key the later stays (nftElementStorage.ensureElem deletes and adds): all ports of a
   * Service have one ClusterIP, and of two Services with one external address and port the one that is written last has it.
   */
  readonly element: (set: string, element: NftElement, origins?: readonly Origin[]) => void
  readonly finish: () => { readonly table: NftTable; readonly origins: Origins }
}

/** The key under which the objects behind an element are found. */
export function elementKey(set: string, key: readonly string[]): string {
  return `nft @${set} ${key.join(' . ')}`
}

/** An empty table `kube-proxy` of a family. */
export function openNftTable(version: IpVersion): NftWriter {
  const family = version === 4 ? 'ip' : 'ip6'
  const sets = new Map<string, SetDraft>()
  const chains = new Map<string, { readonly chain: Omit<NftChain, 'rules'>; readonly rules: NftRule[] }>()
  const origins = new Map<string, readonly Origin[]>()
  const addressType = version === 4 ? 'ipv4_addr' : 'ipv6_addr'
  const chainOf = (name: string, more: Pick<NftChain, 'base' | 'comment'> = {}) => {
    const known = chains.get(name) ?? { chain: { name, ...more }, rules: [] }
    chains.set(name, known)
    return known
  }
  return {
    daddr: `${family} daddr`,
    saddr: `${family} saddr`,
    addressType,
    set: (kind, name, types, comment) => {
      sets.set(name, { set: { name, kind, types, comment }, elements: new Map() })
    },
    timedSet: (name, timeoutSeconds) => {
      sets.set(name, {
        set: { name, kind: 'set', types: [addressType], timeoutSeconds },
        elements: new Map(),
      })
    },
    chain: (name, more, behind = []) => {
      chainOf(name, more)
      if (behind.length > 0) origins.set(name, behind)
    },
    rule: (chain, rule) => nftRuleId(chain, chainOf(chain).rules.push(rule)),
    element: (set, element, behind = []) => {
      sets.get(set)?.elements.set(element.key.join(' . '), element)
      if (behind.length > 0) origins.set(elementKey(set, element.key), behind)
    },
    finish: () => ({
      table: {
        family,
        name: 'kube-proxy',
        comment: 'rules for kube-proxy',
        sets: [...sets.values()].map(({ set, elements }) => ({
          ...set,
          elements: [...elements.values()],
        })),
        chains: [...chains.values()].map(({ chain, rules }) => ({ ...chain, rules })),
      },
      origins: (id) => origins.get(id),
    }),
  }
}

interface SetDraft {
  readonly set: Omit<NftSet, 'elements'>
  /** By key, each where its first one stood. */
  readonly elements: Map<string, NftElement>
}
