/** When each row of a decision shows its verdict, counted from the moment at which the deciding begins. */
import type { Candidate } from '../sim/trace/trace.ts'

const loserMs = 180
const winnerMs = 240
const manyLosersMs = 600
const few = 8

/** Half-open, in milliseconds at 1×. While it lasts the tick runs to its value; at `toMs` the verdict stands. */
export interface DrawTime {
  readonly fromMs: number
  readonly toMs: number
}

/**
 * The times of the rows of a chain, one by one in the order in which the kernel tried them: 180 ms a loser (more than eight share
 * 600 ms), 240 ms the winner. A row that was never tried shows so when the winner does.
 */
export function drawTimes(candidates: readonly Pick<Candidate, 'verdict'>[]): readonly DrawTime[] {
  const losers = candidates.filter(({ verdict }) => verdict !== 'won' && verdict !== 'not-tried').length
  const step = losers > few ? manyLosersMs / losers : loserMs
  let clock = 0
  return candidates.map(({ verdict }) => {
    const fromMs = clock
    if (verdict !== 'not-tried') clock += verdict === 'won' ? winnerMs : step
    return { fromMs, toMs: clock }
  })
}
