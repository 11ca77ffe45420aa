/** The step of a trace that decided how it ended, for those who tell a whole request in one line. */
import type { Hop, Trace } from './trace.ts'

/** The hops of the leg that the client opened, name lookups left aside; of a request that is a lookup, those of the lookup. */
export function legOf({ exchanges, hops }: Trace): readonly Hop[] {
  const own = exchanges.filter(({ kind, leg }) => kind !== 'dns' && leg === 'client').map(({ id }) => id)
  const leg = hops.filter(({ exchange }) => own.includes(exchange))
  return leg.length === 0 ? hops : leg
}

/** What refused decides; else how the Service was found; else that it was not. */
export function decidedBy(hops: readonly Hop[]): Hop | undefined {
  const first = (...kinds: readonly Hop['kind'][]) => hops.find(({ kind }) => kinds.includes(kind))
  return first('refuse', 'drop') ?? first('dispatch') ?? first('no-match') ?? first('silence')
}

/** The rule of a hop that won, as its tool prints it: the last, which did what the hop tells. */
export function ruleTextOf({ evidence }: Hop): string | undefined {
  return evidence
    .filter(({ kind, candidates }) => kind === 'rules' && candidates.some(({ verdict }) => verdict === 'won'))
    .flatMap(({ texts }) => texts)
    .at(-1)?.text
}
