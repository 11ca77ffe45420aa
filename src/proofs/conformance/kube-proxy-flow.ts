/**
 * A packet through the rules as upstream's tests follow it (pkg/proxy/iptables/proxier_test.go, iptablesTracer): all random choices at
 * once, filter whatever the packet's path would be. It proves the rules, not the evaluation, which is `passHook`'s.
 */
import { checkMatch } from '../../sim/netfilter/check-match.ts'
import type { Moment } from '../../sim/netfilter/moment.ts'
import type { Match, Rule, Ruleset, TableName } from '../../sim/netfilter/ruleset.ts'
import { printTarget } from '../../sim/netfilter/print-target.ts'
import { ip } from '../../sim/network/address.ts'
import type { Packet } from '../../sim/network/packet.ts'
import type { GoldenFlow } from './kube-proxy-golden.ts'

/** What became of a flow. */
export type FlowOutcome = Pick<GoldenFlow, 'output' | 'masquerade'>

/** Follows nat, then filter with the first endpoint as the destination. @param localAddresses what counts as LOCAL */
export function followFlow(
  ruleset: Ruleset,
  flow: GoldenFlow,
  localAddresses: readonly string[],
): FlowOutcome {
  const tracer = openTracer(ruleset, localAddresses)
  const packet = packetOf(flow)
  tracer.run('nat', 'KUBE-SERVICES', packet)
  const [first] = tracer.outputs
  const sent = first === undefined ? packet : { ...packet, dst: ip(first.replace(/^\[?(.*?)\]?:\d+$/, '$1')) }
  for (const chain of filterChains) if (tracer.run('filter', chain, sent)) break
  return { output: tracer.outputs, masquerade: tracer.isMasqueraded() }
}

const filterChains = ['KUBE-SERVICES', 'KUBE-EXTERNAL-SERVICES', 'KUBE-NODEPORTS', 'KUBE-PROXY-FIREWALL']

const protocols = { TCP: 'tcp', UDP: 'udp', SCTP: 'sctp' } as const

/** A flow's first packet. */
export function packetOf({ from, to, port, protocol }: GoldenFlow): Packet {
  const ends = { src: ip(from), dst: ip(to), srcPort: 40000, dstPort: port, ttl: 64, mark: 0 }
  const name = protocols[protocol]
  return name === 'tcp' ? { ...ends, protocol: name, flags: ['SYN'] } : { ...ends, protocol: name }
}

function openTracer(ruleset: Ruleset, localAddresses: readonly string[]) {
  const outputs: string[] = []
  let masquerade = false
  const moment: Moment = {
    isLocal: (address) => localAddresses.includes(address),
    ctStates: [],
    recent: {},
    now: 0,
  }
  const rulesOf = (table: TableName, chain: string): readonly Rule[] =>
    ruleset.tables.find(({ name }) => name === table)?.chains.find(({ name }) => name === chain)?.rules ?? []

  /** @returns whether the chain came to an end that is not a matter of chance */
  const run = (table: TableName, chain: string, packet: Packet): boolean => {
    for (const rule of rulesOf(table, chain)) {
      if (!rule.matches.every((match) => holds(match, packet, moment))) continue
      const { target } = rule
      if (target?.kind === 'jump' && target.chain === 'KUBE-MARK-MASQ') masquerade = true
      else if (target?.kind === 'jump') {
        const isChance = rule.matches.some(({ kind }) => kind === 'statistic-random')
        if (run(table, target.chain, packet) && !isChance) return true
      } else if (target) {
        outputs.push(outputOf(rule))
        return true
      }
    }
    return false
  }
  return { run, outputs, isMasqueraded: () => masquerade }
}

function holds(match: Match, packet: Packet, moment: Moment): boolean {
  if (match.kind === 'statistic-random') return true
  if (match.kind === 'mark' || match.kind === 'conntrack') return false
  if (match.kind === 'recent') return match.action === 'set'
  return checkMatch(match, packet, () => 0, moment).kind === 'holds'
}

function outputOf({ target }: Rule): string {
  if (!target) return ''
  return target.kind === 'DNAT' ? printTarget(target).replace(/^.* /, '') : target.kind
}
