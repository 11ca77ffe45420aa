/** The scene of what the store holds, for a stage of this size. */
import { useMemo } from 'react'
import type { AppState } from '../app/app-state.ts'
import { stagedSnapshot, stagedTrace } from '../app/selectors.ts'
import { useApp } from '../app/use-app.ts'
import { actOf } from './scene/act.ts'
import { lightingAt } from './scene/lighting.ts'
import { sceneOf } from './scene/scene-of.ts'
import type { StageState } from './stage-context.ts'
import type { View } from './layout/placement.ts'

const stepOf = (state: AppState) => (stagedTrace(state) === undefined ? -1 : state.step)
const actShown = (state: AppState) => actOf(stagedTrace(state), state.step)
// With a trace the request bar is about the next request and not about the picture.
const fromOf = (state: AppState) => (stagedTrace(state)?.request ?? state.request).from
const urlOf = (state: AppState) => (stagedTrace(state)?.request ?? state.request).url

/** The scene, made anew when the cluster, the trace, the act or the size changes; and what is lit, with each step. */
export function useScene(view: View): StageState {
  const snapshot = useApp(stagedSnapshot)
  const trace = useApp(stagedTrace)
  const step = useApp(stepOf)
  const act = useApp(actShown)
  const from = useApp(fromOf)
  const url = useApp(urlOf)
  const { kind, width, height } = view
  const scene = useMemo(
    () => sceneOf(snapshot, trace, act, { kind, width, height }, { from, url }),
    [snapshot, trace, act, kind, width, height, from, url],
  )
  return useMemo(() => ({ scene, lighting: lightingAt(scene, trace, step), step }), [scene, trace, step])
}
