/** What stands out on the stage just after an edit of the cluster. */
import { useEffect, useState } from 'react'
import type { AppState } from '../app/app-state.ts'
import { useApp } from '../app/use-app.ts'
import { appliedBetween, nothingApplied, type Applied } from './scene/applied.ts'
import type { Card, Scene } from './scene/scene.ts'

/** As long as the longest animation of `Stage.module.css`. */
const shownMs = 900

export interface AppliedShown extends Applied {
  /** Cards that are no more, where they stood. */
  readonly ghosts: readonly Card[]
}

interface Seen {
  readonly snapshot: AppState['snapshot']
  readonly scene: Scene
  readonly shown: AppliedShown
}

const nothing: AppliedShown = { ...nothingApplied, ghosts: [] }
const snapshotOf = (state: AppState) => state.snapshot
const showsTrace = (state: AppState) => state.trace !== undefined && state.picture === 'trace'

/** The changes of the last edit, for some moments; nothing while a trace is shown, which ran on a cluster of its own. */
export function useApplied(scene: Scene): AppliedShown {
  const snapshot = useApp(snapshotOf)
  const isTrace = useApp(showsTrace)
  const [seen, setSeen] = useState<Seen>({ snapshot, scene, shown: nothing })
  if (seen.snapshot !== snapshot || seen.scene !== scene) {
    const isEdit = seen.snapshot !== snapshot && !isTrace
    setSeen({ snapshot, scene, shown: isEdit ? shownAfter(seen, snapshot) : isTrace ? nothing : seen.shown })
  }
  const { shown } = seen
  useEffect(() => {
    if (shown === nothing) return undefined
    const timer = setTimeout(() => setSeen((now) => ({ ...now, shown: nothing })), shownMs)
    return () => clearTimeout(timer)
  }, [shown])
  return isTrace ? nothing : shown
}

function shownAfter({ snapshot: before, scene }: Seen, after: AppState['snapshot']): AppliedShown {
  const applied = appliedBetween(before, after)
  return { ...applied, ghosts: scene.cards.filter(({ id }) => applied.gone.has(id)) }
}
