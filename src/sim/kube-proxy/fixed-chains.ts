/**
 * The chains and rules that kube-proxy writes whatever Services there are. Models pkg/proxy/iptables/proxier.go, syncProxyRules.
 */
import { cidr } from '../network/address.ts'
import type { Match, Target } from '../netfilter/ruleset.ts'
import { comment, destination, inState, not, source } from './rule-parts.ts'
import type { ProxySettings } from './proxy-settings.ts'
import type { RuleWriter } from './rule-writer.ts'

/** Declares the fixed chains and writes the rules that no Service owns. */
export function writeFixedChains(writer: RuleWriter, settings: ProxySettings): void {
  for (const chain of filterChains) writer.declare('filter', chain)
  for (const chain of natChains) writer.declare('nat', chain)
  if (settings.localhostNodePorts) writeLocalnetFirewall(writer)
  writeForward(writer, settings)
  writeMasquerade(writer, settings)
}

/** Keeps outside packets off 127.0.0.0/8, which `route_localnet` would otherwise let in. kubelet writes the same rule. */
export function writeLocalnetFirewall(writer: RuleWriter): void {
  const localnet = cidr('127.0.0.0/8')
  writer.append(
    'filter',
    'KUBE-FIREWALL',
    [
      not(source(localnet)),
      destination(localnet),
      comment('block incoming localnet connections'),
      not(inState('RELATED', 'ESTABLISHED', 'DNAT')),
    ],
    { kind: 'DROP' },
  )
}

const filterChains = [
  'KUBE-SERVICES',
  'KUBE-EXTERNAL-SERVICES',
  'KUBE-FORWARD',
  'KUBE-NODEPORTS',
  'KUBE-PROXY-FIREWALL',
  'KUBE-FIREWALL',
]

const natChains = ['KUBE-SERVICES', 'KUBE-NODEPORTS', 'KUBE-POSTROUTING', 'KUBE-MARK-MASQ']

/** INVALID packets go first: they would reach the sender untranslated, who answers with a reset (kubernetes issue 74839). */
function writeForward(writer: RuleWriter, { features, mark }: ProxySettings): void {
  const append = (matches: readonly Match[], target: Target) =>
    writer.append('filter', 'KUBE-FORWARD', matches, target)
  if (!features.conntrackTcpBeLiberal)
    append([inState('INVALID'), ...counter(features.nfacct, 'ct_state_invalid_dropped_pkts')], {
      kind: 'DROP',
    })
  append([comment('kubernetes forwarding rules'), hasMark(mark)], { kind: 'ACCEPT' })
  append([comment('kubernetes forwarding conntrack rule'), inState('RELATED', 'ESTABLISHED')], {
    kind: 'ACCEPT',
  })
}

function writeMasquerade(writer: RuleWriter, { mark, features }: ProxySettings): void {
  writer.append('nat', 'KUBE-MARK-MASQ', [], { kind: 'MARK', value: mark, mask: mark })
  const append = (matches: readonly Match[], target: Target) =>
    writer.append('nat', 'KUBE-POSTROUTING', matches, target)
  append([not(hasMark(mark))], { kind: 'RETURN' })
  // Cleared, so that a packet that comes back through the hooks in another shape is not masqueraded twice.
  append([], { kind: 'MARK', value: mark, mask: 0 })
  append([comment('kubernetes service traffic requiring SNAT')], {
    kind: 'MASQUERADE',
    randomFully: features.randomFully,
  })
}

/** `-m nfacct` for a counter that exists; nothing for one that does not, as the rule could not be loaded. */
export function counter(known: readonly string[], name: string): readonly Match[] {
  return known.includes(name) ? [{ kind: 'nfacct', name }] : []
}

function hasMark(mark: number): Match {
  return { kind: 'mark', value: mark, mask: mark }
}
