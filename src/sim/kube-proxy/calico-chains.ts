/**
 * What Calico keeps beside kube-proxy's chains so that Pods reach the world outside: natOutgoing of its IPPools.
 * Models projectcalico/calico felix/rules/nat.go (StaticNATPostroutingChains, NATOutgoingChain) and the ipsets of
 * felix/dataplane/linux/masq_mgr.go. Calico's other chains are left out, and so is the comment `cali:HASH` on each rule.
 */
import type { Origin } from '../cluster/object-ref.ts'
import { ipVersion, type Cidr, type IpVersion } from '../network/address.ts'
import type { IpSet, IpSets } from '../netfilter/ip-sets.ts'
import { jump, not } from './rule-parts.ts'
import type { RuleWriter } from './rule-writer.ts'

/** An IPPool, as far as rules go. `origin`: its natOutgoing. */
export interface PoolRange {
  readonly cidr: Cidr
  readonly natOutgoing: boolean
  readonly origin: Origin
}

/**
 * Writes the chains and gives the ipsets that they ask; nothing where there is no pool of the family.
 * To be called before any other rule of nat POSTROUTING: felix inserts its jump at the top and keeps it there (ChainInsertMode).
 */
export function writeCalicoChains(
  writer: RuleWriter,
  pools: readonly PoolRange[],
  version: IpVersion,
  randomFully: boolean,
): IpSets {
  const ofFamily = pools.filter(({ cidr }) => ipVersion(cidr) === version)
  if (ofFamily.length === 0) return {}
  const masqueraded = ofFamily.filter(({ natOutgoing }) => natOutgoing)
  const names = { masqueraded: `cali${version}0masq-ipam-pools`, all: `cali${version}0all-ipam-pools` }
  writer.append('nat', 'POSTROUTING', [], jump('cali-POSTROUTING'))
  writer.append('nat', 'cali-POSTROUTING', [], jump(NAT_OUTGOING))
  writer.declare('nat', NAT_OUTGOING)
  if (masqueraded.length > 0)
    writer.append(
      'nat',
      NAT_OUTGOING,
      [
        { kind: 'set', name: names.masqueraded, directions: ['src'] },
        not({ kind: 'set', name: names.all, directions: ['dst'] }),
      ],
      { kind: 'MASQUERADE', randomFully },
      masqueraded.map(({ origin }) => origin),
    )
  return { [names.masqueraded]: setOf(masqueraded, version), [names.all]: setOf(ofFamily, version) }
}

/** The chain whose rule masquerades what leaves the pools. */
export const NAT_OUTGOING = 'cali-nat-outgoing'

function setOf(pools: readonly PoolRange[], version: IpVersion): IpSet {
  return { type: 'hash:net', version, entries: pools.map(({ cidr }) => cidr) }
}
