/** The route of a trace over the cards: where it stops and from where to where it goes. */
import { cardOf, movesOf, type Station } from '../../playback/stations.ts'
import type { Hop, Subject, Trace } from '../../sim/trace/trace.ts'

export interface Route {
  /** Every card at which a hop stands, by first visit. */
  readonly stops: ReadonlyMap<string, Stop>
  /** Every way between two cards, in the direction first taken. */
  readonly legs: readonly Leg[]
}

export interface Stop {
  readonly id: string
  readonly subject: Subject
  readonly hops: readonly Hop[]
}

export interface Leg {
  readonly from: string
  readonly to: string
}

/** The route of a trace; without one, nowhere. */
export function routeOf(trace: Trace | undefined): Route {
  if (trace === undefined) return { stops: new Map(), legs: [] }
  const stops = new Map<string, { id: string; subject: Subject; hops: Hop[] }>()
  for (const hop of trace.hops) {
    const id = cardOf(hop.subject)
    if (id === undefined) continue
    const stop = stops.get(id)
    if (stop === undefined) stops.set(id, { id, subject: hop.subject, hops: [hop] })
    else stop.hops.push(hop)
  }
  const legs: Leg[] = []
  for (const { from, to } of movesOf(trace)) {
    const leg = legBetween(from, to)
    if (leg !== undefined && !legs.some((known) => joins(known, leg))) legs.push(leg)
  }
  return { stops, legs }
}

function legBetween(from: Station, to: Station): Leg | undefined {
  if (to.kind === 'between') return { from: to.from, to: to.to }
  if (from.kind === 'between' || from.card === to.card) return undefined
  return { from: from.card, to: to.card }
}

function joins(a: Leg, b: Leg): boolean {
  return (a.from === b.from && a.to === b.to) || (a.from === b.to && a.to === b.from)
}
