/**
 * The end of nat KUBE-SERVICES: what goes to the node itself is looked up among the node ports.
 * Models pkg/proxy/iptables/proxier.go, syncProxyRules, "Finally, tail-call to the nodePorts chain".
 */
import { cidr } from '../network/address.ts'
import type { Match } from '../netfilter/ruleset.ts'
import { loopback, type ProxySettings } from './proxy-settings.ts'
import { comment, destination, isLocalAddress, jump, not } from './rule-parts.ts'
import type { RuleWriter } from './rule-writer.ts'

/** Writes one rule for all local addresses, or one for each address on which node ports answer. */
export function writeNodePortTail(writer: RuleWriter, settings: ProxySettings): void {
  const append = (before: readonly Match[], after: readonly Match[]) =>
    writer.append('nat', 'KUBE-SERVICES', [...before, about, ...after], jump('KUBE-NODEPORTS'))
  const { nodePortAddresses } = settings
  if (nodePortAddresses === 'all') append(notLoopback(settings), [isLocalAddress('destination')])
  else for (const address of nodePortAddresses) append([destination(address)], [])
}

const about = comment('kubernetes service nodeports; NOTE: this must be the last rule in this chain')

/** IPv6 has no `route_localnet`: a node port never answers on ::1. */
function notLoopback({ version, localhostNodePorts }: ProxySettings): readonly Match[] {
  if (version === 6) return [not(destination(loopback[6]))]
  return localhostNodePorts ? [] : [not(destination(cidr('127.0.0.0/8')))]
}
