import type { AppState } from '../app/app-state.ts'

/** What Ctrl+Enter does with a file: applies it, or lays a patch over the nearest object that it fits. A patch that fits none waits. */
export function applyOrPatch(
  { snapshot, applyPressed, patchPressed }: Pick<AppState, 'snapshot' | 'applyPressed' | 'patchPressed'>,
  file: string,
): void {
  const patchOf = snapshot.files.find((view) => view.name === file)?.patchOf
  if (patchOf === undefined) return applyPressed(file)
  const [nearest] = patchOf
  if (nearest !== undefined) patchPressed(file, nearest)
}
