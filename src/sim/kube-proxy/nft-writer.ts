/** An nftables table in parts, and which objects stand behind its chains and elements. */
import type { Origin } from '../cluster/object-ref.ts'
import type { IpVersion } from '../network/address.ts'
import { nftRuleId } from '../netfilter/pass-nft.ts'
import type { NftChain, NftElement, NftField, NftRule, NftSet, NftTable } from '../netfilter/nft-ruleset.ts'
import type { RuleId } from '../netfilter/ruleset.ts'
import type { Origins } from './rule-writer.ts'

/** Writes a part that is not finished yet. */
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
  readonly finish: () => NftPart
}

/** The key under which the objects behind an element are found. */
export function elementKey(set: string, key: readonly string[]): string {
  return `nft @${set} ${key.join(' . ')}`
}

/** Chains that no other part writes, sets, and elements of sets that may be another's. */
export interface NftPart {
  readonly sets: readonly Omit<NftSet, 'elements'>[]
  readonly elements: readonly NftPartElement[]
  readonly chains: readonly NftChain[]
  readonly origins: ReadonlyMap<string, readonly Origin[]>
}

/** `text`: the key as it is compared. */
interface NftPartElement {
  readonly set: string
  readonly text: string
  readonly element: NftElement
}

/** An empty part of a family's table. */
export function openNftPart(version: IpVersion): NftWriter {
  const family = familyOf(version)
  const sets: Omit<NftSet, 'elements'>[] = []
  const elements: NftPartElement[] = []
  const chains = new Map<string, ChainDraft>()
  const origins = new Map<string, readonly Origin[]>()
  const addressType = version === 4 ? 'ipv4_addr' : 'ipv6_addr'
  const chainOf = (name: string, more: Pick<NftChain, 'base' | 'comment'> = {}) => {
    const known = chains.get(name) ?? { name, ...more, rules: [] }
    chains.set(name, known)
    return known
  }
  return {
    daddr: `${family} daddr`,
    saddr: `${family} saddr`,
    addressType,
    set: (kind, name, types, comment) => void sets.push({ name, kind, types, comment }),
    timedSet: (name, timeoutSeconds) =>
      void sets.push({ name, kind: 'set', types: [addressType], timeoutSeconds }),
    chain: (name, more, behind = []) => {
      chainOf(name, more)
      if (behind.length > 0) origins.set(name, behind)
    },
    rule: (chain, rule) => nftRuleId(chain, chainOf(chain).rules.push(rule)),
    element: (set, element, behind = []) => {
      elements.push({ set, text: element.key.join(' . '), element })
      if (behind.length > 0) origins.set(elementKey(set, element.key), behind)
    },
    finish: () => ({ sets, elements, chains: [...chains.values()], origins }),
  }
}

/** The table `kube-proxy` of a family, its parts in order. */
export function nftTableOf(
  version: IpVersion,
  parts: readonly NftPart[],
): { readonly table: NftTable; readonly origins: Origins } {
  const sets = parts.flatMap((part) => part.sets)
  /** By key, each where its first one stood. */
  const elements = new Map(sets.map(({ name }) => [name, new Map<string, NftElement>()]))
  for (const part of parts)
    for (const { set, text, element } of part.elements) elements.get(set)?.set(text, element)
  return {
    table: {
      family: familyOf(version),
      name: 'kube-proxy',
      comment: 'rules for kube-proxy',
      sets: sets.map((set) => ({ ...set, elements: [...(elements.get(set.name)?.values() ?? [])] })),
      chains: parts.flatMap(({ chains }) => chains),
    },
    origins: (id) => parts.findLast(({ origins }) => origins.has(id))?.origins.get(id),
  }
}

function familyOf(version: IpVersion): 'ip' | 'ip6' {
  return version === 4 ? 'ip' : 'ip6'
}

interface ChainDraft extends NftChain {
  readonly rules: NftRule[]
}
