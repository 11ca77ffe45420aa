/** `-m conntrack` and its older spelling `-m state` (iptables extensions/libxt_conntrack.c). */
import { cidr, parseCidr, parseIp, type Cidr } from '../network/address.ts'
import { protocolNumber } from './protocol-name.ts'
import { readPortRange } from './read-number.ts'
import type { Option } from './rule-options.ts'
import type { ConntrackCondition, ConntrackState, ConntrackStatus, Match } from './ruleset.ts'

/** The options of `-m conntrack`. What an entry's remaining time is (`--ctexpire`) is not read. */
export const conntrackOptions: readonly string[] = [
  '--ctstate',
  '--ctproto',
  '--ctstatus',
  '--ctexpire',
  '--ctdir',
  ...['src', 'dst', 'srcport', 'dstport'].flatMap((end) => [`--ctorig${end}`, `--ctrepl${end}`]),
]

/** Reads `-m conntrack`; undefined where an option is not understood. */
export function readConntrack(options: readonly Option[]): Match | undefined {
  const [state, another] = options.filter(({ name }) => name === '--ctstate')
  const states = state === undefined ? [] : readStates(state)
  if (another !== undefined || states === undefined || options.length === 0) return undefined
  const conditions: ConntrackCondition[] = []
  for (const name of printOrder) {
    for (const option of options.filter((each) => each.name === name)) {
      const condition = readCondition(option)
      if (condition === undefined) return undefined
      conditions.push(condition)
    }
  }
  const read = conditions.length + (state === undefined ? 0 : 1)
  if (read !== options.length) return undefined
  return {
    kind: 'conntrack',
    states,
    ...(state?.negated && { negated: true }),
    ...(conditions.length > 0 && { conditions }),
  }
}

/** Reads `-m state --state NEW`. */
export function readState(options: readonly Option[]): Match | undefined {
  const [option, another] = options
  const states = option?.name === '--state' && !another ? readStates(option) : undefined
  return states && { kind: 'conntrack', asState: true, states, ...(option?.negated && { negated: true }) }
}

function readStates({ args }: Option): readonly ConntrackState[] | undefined {
  const given = args.length === 1 ? (args[0]?.text.split(',') ?? []) : []
  const states = stateOrder.filter((state) => given.includes(state))
  return states.length > 0 && states.length === given.length ? states : undefined
}

/** The order in which they are printed, whatever order they were given in (libxt_conntrack.c, conntrack_print_state). */
const stateOrder: readonly ConntrackState[] = [
  'INVALID',
  'NEW',
  'RELATED',
  'ESTABLISHED',
  'UNTRACKED',
  'SNAT',
  'DNAT',
]

/** libxt_conntrack.c, conntrack_dump. */
const printOrder = [
  '--ctproto',
  '--ctorigsrc',
  '--ctorigdst',
  '--ctreplsrc',
  '--ctrepldst',
  '--ctorigsrcport',
  '--ctorigdstport',
  '--ctreplsrcport',
  '--ctrepldstport',
  '--ctstatus',
  '--ctdir',
]

function readCondition(option: Option): ConntrackCondition | undefined {
  const [text, more] = option.args.map((each) => each.text)
  if (text === undefined || more !== undefined) return undefined
  const negation = option.negated ? { negated: true } : {}
  switch (option.name) {
    case '--ctproto': {
      const number = protocolNumber(text)
      return number === undefined ? undefined : { ask: 'protocol', number, ...negation }
    }
    case '--ctstatus': {
      const statuses = statusOrder.filter((status) => text.split(',').includes(status))
      const isRead = statuses.length === text.split(',').length
      return isRead ? { ask: 'status', statuses, ...negation } : undefined
    }
    case '--ctdir':
      return text === 'ORIGINAL' || text === 'REPLY'
        ? { ask: 'direction', direction: text, ...negation }
        : undefined
  }
  const [, way, end, isPort] = /^--ct(orig|repl)(src|dst)(port)?$/.exec(option.name) ?? []
  if (way === undefined || (end !== 'src' && end !== 'dst')) return undefined
  const place = { tuple: way === 'orig' ? 'original' : 'reply', end } as const
  if (isPort !== undefined) {
    const ports = readPortRange(text)
    return ports && { ask: 'port', ...place, ...ports, ...negation }
  }
  const range = readRange(text)
  return range && { ask: 'address', ...place, cidr: range, ...negation }
}

/** In the order of their bits (enum ip_conntrack_status). */
const statusOrder: readonly ConntrackStatus[] = ['NONE', 'EXPECTED', 'SEEN_REPLY', 'ASSURED', 'CONFIRMED']

function readRange(text: string): Cidr | undefined {
  return parseIp(text) === undefined ? parseCidr(text) : cidr(text)
}
