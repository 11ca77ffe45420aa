/** Which evidence of a hop is drawn row by row. */
import type { Evidence, Hop } from '../sim/trace/trace.ts'

/** The choice among a Service's endpoints: a step of its own, or told with the rewrite that follows from it. Undefined elsewhere. */
export function drawOf({ kind, evidence }: Pick<Hop, 'kind' | 'evidence'>): Evidence | undefined {
  if (kind === 'choose') return evidence[0]
  return kind === 'rewrite' && evidence.length > 1 ? evidence[0] : undefined
}
