/** The timeline's order: a lane an exchange, a bar a packet's flight, and in it a cell a hop. */
import type { Exchange, Hop, Phase, Trace } from '../sim/trace/trace.ts'

export interface Lane {
  readonly exchange: Exchange
  readonly bars: readonly Bar[]
}

/** A flight: hops that follow each other in one direction and, but for what only carries a reply home, in one phase. */
export interface Bar {
  readonly phase: Phase
  readonly hops: readonly [Hop, ...Hop[]]
}

/** Every exchange of a trace with its flights. An exchange without hops has an empty lane: it was never reached. */
export function lanesOf(trace: Trace): readonly Lane[] {
  return trace.exchanges.map((exchange) => ({
    exchange,
    bars: barsOf(trace.hops.filter((hop) => hop.exchange === exchange.id)),
  }))
}

/** Where a hop stands beside the step shown: what lies ahead is tinted, what is past is filled. */
export function whenOf(hop: Hop, step: number): 'past' | 'now' | 'next' {
  if (hop.index === step) return 'now'
  return hop.index < step ? 'past' : 'next'
}

/** The hop that gives the flight its name: what was sent, answered or decided; else how it ended. */
export function namingHop({ hops }: Bar): Hop {
  return hops.find(({ kind }) => naming.has(kind)) ?? hops.at(-1) ?? hops[0]
}

const naming: ReadonlySet<Hop['kind']> = new Set([
  'send',
  'answer',
  'match',
  'refuse',
  'drop',
  'silence',
  'retransmit',
  'close',
])

function barsOf(hops: readonly Hop[]): readonly Bar[] {
  const bars: Bar[] = []
  for (const hop of hops) {
    const last = bars.at(-1)
    if (last !== undefined && flies(last, hop))
      bars[bars.length - 1] = { phase: phaseOf(last.phase, hop), hops: [...last.hops, hop] }
    else bars.push({ phase: hop.phase, hops: [hop] })
  }
  return bars
}

/** Whether a hop goes on with a flight: the next one, the same way, about the same thing or merely on its way home. */
function flies({ phase, hops }: Bar, hop: Hop): boolean {
  const before = hops.at(-1)
  if (before?.index !== hop.index - 1 || before.direction !== hop.direction) return false
  return hop.phase === phase || hop.phase === 'reply' || phase === 'reply'
}

/** A flight that began as a mere reply is about what it turns out to carry. */
function phaseOf(phase: Phase, hop: Hop): Phase {
  return phase === 'reply' ? hop.phase : phase
}
