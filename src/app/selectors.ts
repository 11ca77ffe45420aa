/** What the features read from the store, by name. Each gives a primitive or a stored reference, as zustand 5 asks. */
import type { Snapshot } from '../sim/snapshot.ts'
import type { Because, Hop, Trace } from '../sim/trace/trace.ts'
import type { AppState } from './app-state.ts'
import { isOfBefore } from './picture-age.ts'

/** The hop that the page shows; absent before the first Send. */
export const currentHop = (state: AppState): Hop | undefined => state.trace?.hops[state.step]

/** Index of the hop shown, from 0; -1 without a trace. */
export const currentStep = (state: AppState): number => state.step

/** How many steps the trace has; 0 without one. */
export const stepCount = (state: AppState): number => state.trace?.hops.length ?? 0

/** The trace on the stage; absent before the first Send, and while an edited cluster is shown at rest. */
export const stagedTrace = (state: AppState): Trace | undefined =>
  state.picture === 'trace' ? state.trace : undefined

/** The cluster on the stage: with a trace the one that it ran on. */
export const stagedSnapshot = (state: AppState): Snapshot =>
  (stagedTrace(state) && state.tracedSnapshot) ?? state.snapshot

/** The manifest ranges to mark in the editor: those that a person asked for, else those of the current step. */
export const highlightedBecause = (state: AppState): readonly Because[] =>
  state.revealed === undefined ? (currentHop(state)?.because ?? NONE) : alone(state.revealed)

/** The text of the open file: as typed, else as the cluster holds it. */
export const openText = (state: AppState): string => textOf(state, state.openFile)

/** The text of a file: as typed, else as the cluster holds it; `''` for a file that is not there. */
export function textOf(state: AppState, file: string): string {
  return state.drafts[file] ?? state.snapshot.files.find((view) => view.name === file)?.text ?? ''
}

/** The rule that decided the current step and the node that holds it; absent where no rule did. */
export function currentRule(state: AppState): { readonly id: string; readonly node: string } | undefined {
  const hop = currentHop(state)
  if (hop?.place.node === undefined) return undefined
  const rules = hop.evidence.filter((evidence) => evidence.kind === 'rules')
  const won = rules
    .flatMap((evidence) => evidence.candidates)
    .findLast((candidate) => candidate.verdict === 'won')
  return won === undefined ? undefined : { id: won.id, node: hop.place.node }
}

const NONE: readonly Because[] = []

// One list for one because, so that two reads give the same reference.
const lists = new WeakMap<Because, readonly Because[]>()

function alone(because: Because): readonly Because[] {
  const known = lists.get(because)
  if (known !== undefined) return known
  const list = [because]
  lists.set(because, list)
  return list
}

/** Whether the cluster has changed since the trace ran, so that sending again can say something new. */
export const isTraceOld = (state: AppState): boolean => isOfBefore(state)
