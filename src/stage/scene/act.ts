/** Which act a step belongs to: the lookup at the cluster's name server has the stage to itself. */
import type { Hop, Trace } from '../../sim/trace/trace.ts'
import type { Act } from './scene.ts'

/** The act of a hop; `way` without one. */
export function actOf(trace: Trace | undefined, step: number): Act {
  const hop = trace?.hops[step]
  return trace !== undefined && hop !== undefined && lookups(trace).has(hop.exchange) ? 'lookup' : 'way'
}

/** The hops that an act plays. */
export function hopsOf(trace: Trace | undefined, act: Act): readonly Hop[] {
  if (trace === undefined) return []
  const ids = lookups(trace)
  return trace.hops.filter((hop) => ids.has(hop.exchange) === (act === 'lookup'))
}

/** The DNS exchanges that reach a Service, or fail on the way to it: a laptop's own lookup is one card and needs no act. */
function lookups(trace: Trace): ReadonlySet<number> {
  const dns = new Set(trace.exchanges.filter(({ kind }) => kind === 'dns').map(({ id }) => id))
  const served = trace.hops.some((hop) => dns.has(hop.exchange) && hop.subject.kind === 'service')
  return served ? dns : new Set()
}
