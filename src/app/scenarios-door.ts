/** The scenarios, as an open page knows them: what a menu says of each, and the way from one to another. */
import type { ScenarioCard } from '../scenarios/scenario.ts'

export interface Scenarios {
  /** In the order of the menu; the first opens when none is named. */
  readonly cards: readonly ScenarioCard[]
  /** Shows another scenario, with what was typed and asked there; resolves when it stands. */
  readonly open: (id: string) => Promise<void>
  /** Closes the open scenario for good and opens it as it ships. */
  readonly openAnew: () => Promise<void>
}
