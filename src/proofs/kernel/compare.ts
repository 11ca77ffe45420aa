/** A flow in both worlds: does the simulator know what the kernel did? */
import { createLab, type LabState } from '../../sim/lab.ts'
import { PATIENCE_MS, simulatedOutcome, UNHEARD, type Flow, type OutcomeLine } from './outcome.ts'

/** What came of a flow on the kernel, and everything that the simulator gave for it. */
export interface Comparison {
  readonly flow: Flow
  readonly real: OutcomeLine
  readonly agrees: boolean
  /** Each once, sorted; not all of them where one of the first agreed. */
  readonly simulated: readonly OutcomeLine[]
}

/** Seeds that are tried: with ten endpoints one of them stays unseen once in 10^18. */
const MOST_SEEDS = 400
/** Where so many seeds give one and the same outcome, no chance is involved. */
const FEW_SEEDS = 60

/** Sends the flow through the simulator with seed after seed until it does as the kernel did. */
export function compare(state: LabState, flow: Flow, real: OutcomeLine): Comparison {
  const seen = new Set<OutcomeLine>()
  const agrees = () => seen.has(real) || seen.has(heardFromAfar(flow, real))
  for (let seed = 0; seed < MOST_SEEDS && !agrees(); seed++) {
    if (seed === FEW_SEEDS && seen.size === 1) break
    seen.add(simulate(state, flow, seed))
  }
  return { flow, real, agrees: agrees(), simulated: [...seen].toSorted() }
}

/**
 * All these machines share one kernel, in which even the LAN answers while connect(2) is under way; over IPv6 a program does not hear of
 * an error then. A LAN's answer comes later than that, and is heard.
 */
function heardFromAfar({ url }: Flow, real: OutcomeLine): OutcomeLine {
  return url.startsWith('tcp://[') ? real.replace(UNHEARD, '') : real
}

/** One simulated flow, from a lab that has sent nothing yet. */
export function simulate(state: LabState, { from, url }: Flow, seed: number): OutcomeLine {
  const request = { from, url, method: 'GET', headers: [], seed, timeoutMs: PATIENCE_MS }
  return simulatedOutcome(createLab(state).send(request))
}
