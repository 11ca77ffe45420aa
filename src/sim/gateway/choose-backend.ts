/** Which backendRef of a rule gets a request: by lot, in proportion to the weights (apis/v1 BackendRef.Weight). */
import { drawBelow } from '../draw.ts'
import type { Draw } from '../draw.ts'
import type { ServedBackend } from './data-plane.ts'
import type { BackendCandidate } from './gateway-decision.ts'

export interface ChosenBackend {
  /** Absent: there is none, or all weights are 0. */
  readonly chosen?: ServedBackend
  readonly candidates: readonly BackendCandidate[]
}

/** One draw where more than one backend has a weight, none otherwise. A backend that does not resolve keeps its share. */
export function chooseBackend(backends: readonly ServedBackend[], draw: Draw): ChosenBackend {
  const total = backends.reduce((sum, { weight }) => sum + weight, 0)
  const isDrawn = backends.filter(({ weight }) => weight > 0).length > 1
  const drawn = isDrawn ? drawBelow(draw, total) : 0
  const share = (weights: number) => (total === 0 ? 0 : weights / total)
  let before = 0
  let chosen: ServedBackend | undefined
  const candidates = backends.map((backend): BackendCandidate => {
    const from = before
    before += backend.weight
    const won = chosen === undefined && drawn < before
    if (won) chosen = backend
    return {
      name: backend.name,
      weight: backend.weight,
      verdict: won ? 'won' : 'lost',
      from: share(from),
      to: share(before),
      ...(isDrawn ? { drawn: share(drawn) } : {}),
    }
  })
  return { ...(chosen === undefined ? {} : { chosen }), candidates }
}
