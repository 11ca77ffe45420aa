/** On which of a node's addresses its node ports answer, mode by mode, and why not on another. */
import type { ProxyMode } from '../cluster/cluster.ts'
import { isLoopback, type IpAddress } from '../network/address.ts'
import { nodePortAddresses } from './ipvs-addresses.ts'
import type { ProxySettings } from './proxy-settings.ts'

/** `primary`: in nftables mode the node's own address alone, where nobody says more. `chosen`: nodePortAddresses leaves it out. */
export type NodePortRefusal = 'loopback' | 'primary' | 'chosen'

/** Undefined where node ports answer at the address. @param isConfigured nodePortAddresses is set */
export function nodePortRefusal(
  settings: ProxySettings,
  mode: ProxyMode,
  address: IpAddress,
  isConfigured: boolean,
): NodePortRefusal | undefined {
  const { nodePortAddresses: chosen, localhostNodePorts } = settings
  const isChosen = chosen === 'all' || chosen.includes(address)
  if (isLoopback(address)) {
    if (mode === 'iptables' && localhostNodePorts && isChosen) return undefined
    return 'loopback'
  }
  const isTaken = mode === 'ipvs' ? nodePortAddresses(settings, [address]).includes(address) : isChosen
  if (isTaken) return undefined
  return mode === 'nftables' && !isConfigured ? 'primary' : 'chosen'
}
