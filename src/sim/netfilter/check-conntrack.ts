/** What `-m conntrack` asks of the packet's connection. Models Linux net/netfilter/xt_conntrack.c, conntrack_mt. */
import { cidrContains } from '../network/address.ts'
import { protocolNumbers } from '../network/packet.ts'
import type { ConntrackEntry } from './conntrack.ts'
import type { ConntrackCondition, ConntrackState, ConntrackStatus, Match } from './ruleset.ts'
import type { Direction, Tuple } from './tuple.ts'

/** The connection that a packet belongs to, as rules see it. */
export interface SeenConnection {
  readonly entry: ConntrackEntry
  readonly direction: Direction
  readonly confirmed: boolean
}

/**
 * What the packet has instead of what the match asks; undefined where the match holds. Without a connection only the state can be
 * asked, and its answer stands for all.
 */
export function conntrackDifference(
  match: Extract<Match, { kind: 'conntrack' }>,
  states: readonly ConntrackState[],
  connection: SeenConnection | undefined,
): string | undefined {
  const asksState = match.states.length > 0
  const hasState = match.states.some((state) => states.includes(state))
  if (asksState && hasState === (match.negated ?? false)) return states.join(',')
  if (connection === undefined) return asksState ? undefined : states.join(',')
  for (const condition of match.conditions ?? []) {
    const { holds, actual } = checkCondition(condition, connection)
    if (holds === (condition.negated ?? false)) return actual
  }
  return undefined
}

function checkCondition(
  condition: ConntrackCondition,
  { entry, direction, confirmed }: SeenConnection,
): { readonly holds: boolean; readonly actual: string } {
  switch (condition.ask) {
    case 'protocol': {
      const { protocol } = entry.original
      return { holds: protocolNumbers[protocol] === condition.number, actual: protocol }
    }
    case 'address': {
      const address = entry[condition.tuple][condition.end]
      return { holds: cidrContains(condition.cidr, address), actual: address }
    }
    case 'port': {
      const port = portOf(entry[condition.tuple], condition.end)
      return { holds: condition.from <= port && port <= condition.to, actual: String(port) }
    }
    case 'status': {
      const statuses = statusesOf(entry, confirmed)
      const holds = condition.statuses.some((status) => statuses.includes(status))
      return { holds, actual: statuses.join(',') || '-' }
    }
    case 'direction':
      return {
        holds: condition.direction.toLowerCase() === direction,
        actual: direction.toUpperCase(),
      }
  }
}

function portOf({ srcPort, dstPort }: Tuple, end: 'src' | 'dst'): number {
  return end === 'src' ? srcPort : dstPort
}

/** `NONE` is the absence of a bit, and no status has it. */
function statusesOf({ seenReply, assured }: ConntrackEntry, confirmed: boolean): readonly ConntrackStatus[] {
  return [
    ...(seenReply ? (['SEEN_REPLY'] as const) : []),
    ...(assured ? (['ASSURED'] as const) : []),
    ...(confirmed ? (['CONFIRMED'] as const) : []),
  ]
}
