/** Matches as iptables-save 1.8.9 prints them (iptables extensions/libxt_*.c, libipt_icmp.c, libip6t_icmp6.c: `save`). */
import { DRAW_RANGE } from '../draw.ts'
import { hostCidr } from '../network/address.ts'
import { quoteWord } from './words.ts'
import type { Match, PortCondition, PortRange } from './ruleset.ts'

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
      return [`-m ${match.protocol}`, port('--sport', match.source), port('--dport', match.destination)]
        .filter((part) => part !== '')
        .join(' ')
    case 'multiport':
      return `-m multiport ${not(match)}${multiportOptions[match.side]} ${match.ports.map(range).join(',')}`
    case 'icmp':
      return printIcmp(match)
    case 'mark':
      return `-m mark ${not(match)}--mark ${printMark(match.value, match.mask)}`
    case 'conntrack':
      return `-m conntrack ${not(match)}--ctstate ${match.states.join(',')}`
    case 'statistic-random':
      return `-m statistic --mode random --probability ${(match.threshold / DRAW_RANGE).toFixed(11)}`
    case 'statistic-nth':
      return `-m statistic --mode nth --every ${match.every} --packet ${match.packet}`
    case 'addrtype':
      return `-m addrtype ${not(match)}${match.side === 'source' ? '--src-type' : '--dst-type'} ${match.type}`
    case 'recent':
      return printRecent(match)
    case 'set':
      return `-m set ${not(match)}--match-set ${match.name} ${match.directions.join(',')}`
    case 'physdev-is-in':
      return `-m physdev ${not(match)}--physdev-is-in`
    case 'ipvs':
      return `-m ipvs --vproto ${match.protocol} --vaddr ${hostCidr(match.address)} --vport ${match.port}`
    case 'nfacct':
      // Two blanks: xtables_save_string puts one of its own before the name.
      return `-m nfacct --nfacct-name  ${quoteWord(match.name)}`
    case 'unknown':
      return match.text
  }
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
  return condition ? `${not(condition)}${option} ${range(condition)}` : ''
}

function range({ from, to }: PortRange): string {
  return from === to ? `${from}` : `${from}:${to}`
}

function printIcmp(match: Extract<Match, { kind: 'icmp' }>): string {
  const type = match.code === undefined ? `${match.type}` : `${match.type}/${match.code}`
  const [module, option] = match.version === 6 ? ['icmp6', '--icmpv6-type'] : ['icmp', '--icmp-type']
  return `-m ${module} ${not(match)}${option} ${type}`
}

function printRecent(match: Extract<Match, { kind: 'recent' }>): string {
  return [
    '-m recent',
    `--${match.action}`,
    ...(match.seconds === undefined ? [] : [`--seconds ${match.seconds}`]),
    ...(match.reap ? ['--reap'] : []),
    `--name ${match.name}`,
    `--mask ${match.mask}`,
    '--rsource',
  ].join(' ')
}
