/** Matches as iptables-save 1.8.9 prints them (iptables extensions/libxt_*.c, libipt_icmp.c, libip6t_icmp6.c: `save`). */
import { DRAW_RANGE } from '../draw.ts'
import { hostCidr } from '../network/address.ts'
import { quoteWord } from './words.ts'
import type {
  ConntrackCondition,
  Match,
  OwnerCondition,
  PhysdevCondition,
  PortCondition,
  PortRange,
} from './ruleset.ts'

/** One match. A `!` stands before its option. */
export function printMatch(match: Match): string {
  switch (match.kind) {
    case 'source':
      return `${not(match)}-s ${match.cidr}`
    case 'destination':
      return `${not(match)}-d ${match.cidr}`
    case 'in-interface':
      return `${not(match)}-i ${match.name}`
    case 'out-interface':
      return `${not(match)}-o ${match.name}`
    case 'protocol':
      return `${not(match)}-p ${match.protocol === 'icmpv6' ? 'ipv6-icmp' : match.protocol}`
    case 'comment':
      return `-m comment --comment ${quoteWord(match.text)}`
    case 'ports':
      return `-m ${match.protocol}${port('--sport', match.source)}${port('--dport', match.destination)}${flags(match.flags)}`
    case 'multiport':
      return `-m multiport ${not(match)}${multiportOptions[match.side]} ${match.ports.map(range).join(',')}`
    case 'icmp':
      return printIcmp(match)
    case 'mark':
    case 'connmark':
      return `-m ${match.kind} ${not(match)}--mark ${printMark(match.value, match.mask)}`
    case 'conntrack':
      return printConntrack(match)
    case 'statistic-random':
      return `-m statistic --mode random ${not(match)}--probability ${probability(match.threshold)}`
    case 'statistic-nth':
      return `-m statistic --mode nth --every ${match.every} --packet ${match.packet}`
    case 'addrtype':
      return printAddrtype(match)
    case 'recent':
      return printRecent(match)
    case 'set':
      return `-m set ${not(match)}--match-set ${match.name} ${match.directions.join(',')}`
    case 'owner':
      return `-m owner ${match.conditions.map(printOwner).join(' ')}`
    case 'pkttype':
      return `-m pkttype ${not(match)}--pkt-type ${match.type}`
    case 'rpfilter':
      return printRpfilter(match)
    case 'physdev':
      return `-m physdev ${match.conditions.map(printPhysdev).join(' ')}`
    case 'ipvs':
      return `-m ipvs --vproto ${match.protocol} --vaddr ${hostCidr(match.address)} --vport ${match.port}`
    case 'nfacct':
      // Two blanks: xtables_save_string puts one of its own before the name.
      return `-m nfacct --nfacct-name  ${quoteWord(match.name)}`
    case 'unknown':
      return match.text
  }
}

const probabilities = new Map<number, string>()

/** Out of 2^31, in eleven decimals. Each is worked out once: endpoints are many, and their numbers few. */
function probability(threshold: number): string {
  const known = probabilities.get(threshold)
  if (known !== undefined) return known
  const text = (threshold / DRAW_RANGE).toFixed(11)
  probabilities.set(threshold, text)
  return text
}

/** A mark and its mask, which is left out where every bit counts. */
function printMark(value: number, mask: number): string {
  return mask === 0xffffffff ? hex(value) : `${hex(value)}/${hex(mask)}`
}

function hex(value: number): string {
  return `0x${value.toString(16)}`
}

function not({ negated }: { readonly negated?: boolean }): string {
  return negated ? '! ' : ''
}

const multiportOptions = { source: '--sports', destination: '--dports', both: '--ports' } as const

function port(option: string, condition: PortCondition | undefined): string {
  return condition ? ` ${not(condition)}${option} ${range(condition)}` : ''
}

function range({ from, to }: PortRange): string {
  return from === to ? `${from}` : `${from}:${to}`
}

function printIcmp(match: Extract<Match, { kind: 'icmp' }>): string {
  const isAny = match.version === 4 && match.type === 255
  const type = isAny ? 'any' : match.code === undefined ? `${match.type}` : `${match.type}/${match.code}`
  const [module, option] = match.version === 6 ? ['icmp6', '--icmpv6-type'] : ['icmp', '--icmp-type']
  return `-m ${module} ${not(match)}${option} ${type}`
}

function flags(match: Extract<Match, { kind: 'ports' }>['flags']): string {
  if (match === undefined) return ''
  const names = (list: readonly string[]) => (list.length === 0 ? 'NONE' : list.join(','))
  return ` ${not(match)}--tcp-flags ${names(match.mask)} ${names(match.set)}`
}

function printConntrack(match: Extract<Match, { kind: 'conntrack' }>): string {
  const [module, option] = match.asState ? ['state', '--state'] : ['conntrack', '--ctstate']
  return [
    `-m ${module}`,
    ...(match.states.length === 0 ? [] : [`${not(match)}${option} ${match.states.join(',')}`]),
    ...(match.conditions ?? []).map(printCondition),
  ].join(' ')
}

function printCondition(condition: ConntrackCondition): string {
  const option = `${not(condition)}--ct`
  switch (condition.ask) {
    case 'protocol':
      return `${option}proto ${condition.number}`
    case 'address':
      // A whole address without its length, unlike -s and -d.
      return `${option}${tupleNames[condition.tuple]}${condition.end} ${condition.cidr.replace(/\/(32|128)$/, '')}`
    case 'port':
      return `${option}${tupleNames[condition.tuple]}${condition.end}port ${range(condition)}`
    case 'status':
      return `${option}status ${condition.statuses.join(',')}`
    case 'direction':
      return `${option}dir ${condition.direction}`
  }
}

const tupleNames = { original: 'orig', reply: 'repl' } as const

function printAddrtype(match: Extract<Match, { kind: 'addrtype' }>): string {
  const side = match.side === 'source' ? '--src-type' : '--dst-type'
  const limit = match.limit === undefined ? '' : ` --limit-iface-${match.limit}`
  return `-m addrtype ${not(match)}${side} ${match.type}${limit}`
}

function printOwner(condition: OwnerCondition): string {
  if (condition.ask === 'socket-exists') return `${not(condition)}--socket-exists`
  const { from, to } = condition
  return `${not(condition)}--${condition.ask}-owner ${from === to ? from : `${from}-${to}`}`
}

function printPhysdev(condition: PhysdevCondition): string {
  const option = `${not(condition)}--physdev-${condition.ask}`
  return 'name' in condition ? `${option} ${condition.name}` : option
}

function printRpfilter(match: Extract<Match, { kind: 'rpfilter' }>): string {
  return [
    '-m rpfilter',
    ...(match.loose ? ['--loose'] : []),
    ...(match.validMark ? ['--validmark'] : []),
    ...(match.acceptLocal ? ['--accept-local'] : []),
    ...(match.negated ? ['--invert'] : []),
  ].join(' ')
}

function printRecent(match: Extract<Match, { kind: 'recent' }>): string {
  return [
    `-m recent ${not(match)}--${match.action}`,
    ...(match.seconds === undefined ? [] : [`--seconds ${match.seconds}`]),
    ...(match.reap ? ['--reap'] : []),
    ...(match.hitcount === undefined ? [] : [`--hitcount ${match.hitcount}`]),
    `--name ${match.name}`,
    `--mask ${match.mask}`,
    match.side === 'destination' ? '--rdest' : '--rsource',
  ].join(' ')
}
