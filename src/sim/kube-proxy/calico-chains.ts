/**
 * What Calico keeps beside kube-proxy's chains so that packets get where they go: natOutgoing of its IPPools; for its tunnel, the
 * source address of what the node itself sends down it, and that its outer packets are not tracked.
 * Models projectcalico/calico felix/rules/nat.go (NATOutgoingChain), felix/rules/static.go (StaticNATPostroutingChains,
 * StaticRawPreroutingChain and StaticRawOutputChain as of v3.29) and the ipsets of felix/dataplane/linux/masq_mgr.go. Calico's other
 * chains and rules are left out, and so is the comment `cali:HASH` on each rule. IPv6 has no tunnel here.
 */
import type { Origin } from '../cluster/object-ref.ts'
import { ipVersion, type Cidr, type IpVersion } from '../network/address.ts'
import type { IpSet, IpSets } from '../netfilter/ip-sets.ts'
import type { Match } from '../netfilter/ruleset.ts'
import { isLocalAddress, jump, not } from './rule-parts.ts'
import type { RuleWriter } from './rule-writer.ts'

/** An IPPool, as far as rules go. `origin`: its natOutgoing. */
export interface PoolRange {
  readonly cidr: Cidr
  readonly natOutgoing: boolean
  /** Whether some of its packets ride through the tunnel: vxlanMode is not Never. */
  readonly vxlan: boolean
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
  if (version === 4 && ofFamily.some(({ vxlan }) => vxlan)) writeTunnelRules(writer, randomFully)
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

function writeTunnelRules(writer: RuleWriter, randomFully: boolean): void {
  for (const hook of ['PREROUTING', 'OUTPUT']) {
    writer.append('raw', hook, [], jump(`cali-${hook}`))
    writer.append('raw', `cali-${hook}`, toTunnel, { kind: 'NOTRACK' })
  }
  // What the node sends down the tunnel from another of its addresses: a Service's address was rewritten after the source was chosen.
  writer.append(
    'nat',
    'cali-POSTROUTING',
    [
      { kind: 'out-interface', name: TUNNEL_INTERFACE },
      not({ kind: 'addrtype', side: 'source', type: 'LOCAL', limit: 'out' }),
      isLocalAddress('source'),
    ],
    { kind: 'MASQUERADE', randomFully },
  )
}

/** The name of Calico's VXLAN device. */
export const TUNNEL_INTERFACE = 'vxlan.calico'

/** The UDP port of Calico's VXLAN (FelixConfiguration vxlanPort). */
export const TUNNEL_PORT = 4789

const toTunnel: readonly Match[] = [
  { kind: 'protocol', protocol: 'udp' },
  { kind: 'ports', protocol: 'udp', destination: { from: TUNNEL_PORT, to: TUNNEL_PORT } },
]

/** The chain whose rule masquerades what leaves the pools. */
export const NAT_OUTGOING = 'cali-nat-outgoing'

function setOf(pools: readonly PoolRange[], version: IpVersion): IpSet {
  return { type: 'hash:net', version, entries: pools.map(({ cidr }) => cidr) }
}
