import type { AppState } from './app-state.ts'

/** Whether the picture is of the cluster before an edit: it changed since the trace, or a typed text is broken and was not applied. */
export function isStale(
  state: Pick<AppState, 'trace' | 'tracedRevision' | 'snapshot' | 'problems'>,
): boolean {
  if (state.trace === undefined) return false
  const broken = state.snapshot.files.some(
    (file) =>
      file.applied && state.problems[file.name]?.some((problem) => problem.severity === 'error') === true,
  )
  return broken || isOfBefore(state)
}

/** Whether the cluster has changed since the trace ran. */
export function isOfBefore({
  trace,
  tracedRevision,
  snapshot,
}: Pick<AppState, 'trace' | 'tracedRevision' | 'snapshot'>): boolean {
  return trace !== undefined && snapshot.revision !== tracedRevision
}
