/**
 * What stands around kube-proxy's chains on a node: the built-in chains with their jumps, and what kubelet keeps there.
 * Models pkg/proxy/iptables/proxier.go (iptablesJumpChains) and pkg/kubelet/kubelet_network_linux.go. Every jump is put on top if it is
 * missing, so the one that was ensured last stands first; kubelet came before kube-proxy.
 */
import type { IpSets } from '../netfilter/ip-sets.ts'
import type { Match, TableName } from '../netfilter/ruleset.ts'
import { writeCalicoChains, type PoolRange } from './calico-chains.ts'
import { writeLocalnetFirewall } from './fixed-chains.ts'
import type { ProxySettings } from './proxy-settings.ts'
import { comment, inState, jump } from './rule-parts.ts'
import type { RuleWriter } from './rule-writer.ts'

/**
 * Writes built-in chains, jumps, canaries, kubelet's chains, and Calico's where it has pools.
 * @param owners whose canaries stand in the tables: kube-proxy's in iptables mode alone
 * @returns the ipsets that these rules ask
 */
export function writeHostChains(
  writer: RuleWriter,
  settings: ProxySettings,
  pools: readonly PoolRange[],
  jumps: readonly Jump[] = iptablesJumps,
  owners: readonly ('PROXY' | 'KUBELET')[] = ['PROXY', 'KUBELET'],
): IpSets {
  const hasTunnel = settings.version === 4 && pools.some(({ vxlan }) => vxlan)
  for (const [table, chains] of builtIn(hasTunnel))
    for (const chain of chains) writer.declare(table, chain, 'ACCEPT')
  const kubelet = writer.as('kubelet')
  const sets = writeCalicoChains(writer.as('calico'), pools, settings.version, settings.features.randomFully)
  const isIpv6 = settings.version === 6
  for (const { table, hook, chain, text, onlyNew } of isIpv6 ? withoutKubelet(jumps) : jumps) {
    const isKubelets = chain === 'KUBE-FIREWALL' && !isIpv6
    ;(isKubelets ? kubelet : writer).append(table, hook, matchesOf(text, onlyNew), jump(chain))
  }
  for (const table of ['mangle', 'nat', 'filter'] as const)
    for (const owner of owners)
      (owner === 'KUBELET' ? kubelet : writer).declare(table, `KUBE-${owner}-CANARY`)
  kubelet.declare('mangle', 'KUBE-IPTABLES-HINT')
  // kubelet keeps it in IPv4 whether or not node ports answer on localhost.
  if (settings.version === 4 && !settings.localhostNodePorts) writeLocalnetFirewall(kubelet)
  return sets
}

/** In the order of `iptables-save` (iptables-nft, xtables_ipv4). */
function builtIn(hasRaw: boolean): readonly (readonly [TableName, readonly string[]])[] {
  return [
    ['mangle', ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING']],
    ...(hasRaw ? ([['raw', ['PREROUTING', 'OUTPUT']]] as const) : []),
    ['filter', ['INPUT', 'FORWARD', 'OUTPUT']],
    ['nat', ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING']],
  ]
}

/**
 * In IPv6 kubelet has no KUBE-FIREWALL. kube-proxy in iptables mode ensures the jumps all the same, as its last: there they stand on
 * top (iptablesKubeletJumpChains).
 */
function withoutKubelet(jumps: readonly Jump[]): readonly Jump[] {
  if (jumps === kubeletJumps) return []
  const isFirewall = ({ chain }: Jump) => chain === 'KUBE-FIREWALL'
  return [...jumps.filter(isFirewall), ...jumps.filter((each) => !isFirewall(each))]
}

/** kubelet's jumps, where kube-proxy writes none. */
export const kubeletJumps: readonly Jump[] = [
  { table: 'filter', hook: 'INPUT', chain: 'KUBE-FIREWALL' },
  { table: 'filter', hook: 'OUTPUT', chain: 'KUBE-FIREWALL' },
]

/** A rule of a built-in chain. */
export interface Jump {
  readonly table: TableName
  readonly hook: string
  readonly chain: string
  readonly text?: string
  /** Asked for first packets alone. */
  readonly onlyNew?: boolean
}

const firewall = { chain: 'KUBE-PROXY-FIREWALL', text: 'kubernetes load balancer firewall', onlyNew: true }
const portals = { chain: 'KUBE-SERVICES', text: 'kubernetes service portals' }
const external = {
  chain: 'KUBE-EXTERNAL-SERVICES',
  text: 'kubernetes externally-visible service portals',
  onlyNew: true,
}
const healthChecks = { chain: 'KUBE-NODEPORTS', text: 'kubernetes health check service ports' }
const forwarding = { chain: 'KUBE-FORWARD', text: 'kubernetes forwarding rules' }
const postrouting = { chain: 'KUBE-POSTROUTING', text: 'kubernetes postrouting rules' }

/** From the top of each chain. KUBE-EXTERNAL-SERVICES is not asked for packets of the node itself. */
const iptablesJumps: readonly Jump[] = [
  { table: 'filter', hook: 'INPUT', ...firewall },
  { table: 'filter', hook: 'INPUT', ...healthChecks },
  { table: 'filter', hook: 'INPUT', ...external },
  { table: 'filter', hook: 'INPUT', chain: 'KUBE-FIREWALL' },
  { table: 'filter', hook: 'FORWARD', ...firewall },
  { table: 'filter', hook: 'FORWARD', ...forwarding },
  { table: 'filter', hook: 'FORWARD', ...portals, onlyNew: true },
  { table: 'filter', hook: 'FORWARD', ...external },
  { table: 'filter', hook: 'OUTPUT', ...firewall },
  { table: 'filter', hook: 'OUTPUT', ...portals, onlyNew: true },
  { table: 'filter', hook: 'OUTPUT', chain: 'KUBE-FIREWALL' },
  { table: 'nat', hook: 'PREROUTING', ...portals },
  { table: 'nat', hook: 'OUTPUT', ...portals },
  { table: 'nat', hook: 'POSTROUTING', ...postrouting },
]

function matchesOf(text: string | undefined, onlyNew = false): readonly Match[] {
  return [...(onlyNew ? [inState('NEW')] : []), ...(text === undefined ? [] : [comment(text)])]
}
