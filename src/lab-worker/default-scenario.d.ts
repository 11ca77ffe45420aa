/**
 * The default scenario as the build compiled it: the same code that runs in the page, run once, so that the first picture waits for
 * no parser, and what the menu says of all scenarios. The page's entry leaves out the state, the worker all but the state.
 */
// An ambient module may import a relative one only like this (TS2439).
// oxlint-disable typescript/consistent-type-imports
declare module 'virtual:default-scenario' {
  /** What the page draws before the worker has said anything. */
  export const defaultSnapshot: import('../sim/snapshot.ts').Snapshot
  /** What the worker opens its lab on. `defaultSnapshot` is this state's. */
  export const defaultLabState: import('../sim/lab.ts').LabState
  /** All scenarios, in the order of the menu; the first is the default. */
  export const scenarioCards: readonly import('../scenarios/scenario.ts').ScenarioCard[]
}
