/** The few matches and targets that kube-proxy's rules are made of, in the order in which they are printed. */
import type { Cidr } from '../network/address.ts'
import { hostCidr } from '../network/address.ts'
import type { IpAddress, IpVersion } from '../network/address.ts'
import type { ConntrackState, Match, Target } from '../netfilter/ruleset.ts'

/** What a rule asks of a packet that goes to a service port. */
export interface Traffic {
  readonly protocol: 'tcp' | 'udp' | 'sctp'
  readonly port: number
  /** Absent: any address of the node, or one that {@link extra} says. */
  readonly to?: IpAddress | Cidr
  readonly comment: string
  /** Goes between comment and port. */
  readonly extra?: readonly Match[]
}

/** `-d … -p tcp -m comment --comment … -m tcp --dport …` */
export function trafficTo({ protocol, port, to, comment: text, extra = [] }: Traffic): readonly Match[] {
  return [
    ...(to === undefined ? [] : [destination(to)]),
    { kind: 'protocol', protocol },
    comment(text),
    ...extra,
    { kind: 'ports', protocol, destination: { from: port, to: port } },
  ]
}

/** `-m comment --comment …` */
export function comment(text: string): Match {
  return { kind: 'comment', text }
}

/** `-s …`, an address standing for itself alone. */
export function source(from: IpAddress | Cidr): Match {
  return { kind: 'source', cidr: asRange(from) }
}

/** `-d …` */
export function destination(to: IpAddress | Cidr): Match {
  return { kind: 'destination', cidr: asRange(to) }
}

/** The same match with `!`. */
export function not<Negatable extends Match>(match: Negatable): Negatable {
  return { ...match, negated: true }
}

/** `-m addrtype --src-type LOCAL` or `--dst-type LOCAL` */
export function isLocalAddress(side: 'source' | 'destination'): Match {
  return { kind: 'addrtype', side, type: 'LOCAL' }
}

/** `-m conntrack --ctstate …` */
export function inState(...states: readonly ConntrackState[]): Match {
  return { kind: 'conntrack', states }
}

/** `-j CHAIN` */
export function jump(chain: string): Target {
  return { kind: 'jump', chain }
}

/** `-j REJECT`, with the answer that iptables gives where none is named. */
export function reject(version: IpVersion): Target {
  return { kind: 'REJECT', with: version === 4 ? 'icmp-port-unreachable' : 'icmp6-port-unreachable' }
}

function asRange(address: IpAddress | Cidr): Cidr {
  return isRange(address) ? address : hostCidr(address)
}

function isRange(address: IpAddress | Cidr): address is Cidr {
  return address.includes('/')
}
