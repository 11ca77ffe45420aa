/** Draws the rows of a decision one by one with the clock, outside React: a frame sets an attribute or moves a tick, nothing renders. */
import { useLayoutEffect, type RefObject } from 'react'
import { useAppStore } from '../../app/use-app.ts'
import { isStill } from '../is-still.ts'
import { outcomeAt } from '../scene/rows.ts'
import type { Row } from '../scene/scene.ts'

/** While the step that decides these rows plays, hides what is not decided yet; in every other step all stands as it is. */
export function useDrawnRows(list: RefObject<HTMLElement | null>, rows: readonly Row[], step: number): void {
  const store = useAppStore()
  useLayoutEffect(() => {
    const { schedule, clock } = store.getState()
    const decideMs = schedule?.steps[step]?.decideMs
    const items = Array.from(list.current?.children ?? [], (item) =>
      item instanceof HTMLElement ? item : undefined,
    )
    const live = rows.map((row) => {
      const outcome = outcomeAt(row, step)
      return outcome?.hop === step ? outcome : undefined
    })
    if (decideMs === undefined || isStill() || live.every((outcome) => outcome === undefined))
      return undefined
    const draw = (positionMs: number) => {
      const passed = positionMs - decideMs
      for (let i = 0; i < live.length; i++) {
        const [item, outcome] = [items[i], live[i]]
        if (item === undefined || outcome === undefined) continue
        const { fromMs, toMs } = outcome.time
        item.dataset['shown'] = String(passed >= toMs)
        const drawing = passed >= fromMs && passed < toMs
        item.dataset['drawing'] = String(drawing)
        if (outcome.drawn !== undefined)
          moveTick(item, drawing ? (outcome.drawn * (passed - fromMs)) / (toMs - fromMs) : outcome.drawn)
      }
    }
    draw(clock.positionMs())
    const stop = clock.subscribe(draw)
    return () => {
      stop()
      for (const item of items) delete item?.dataset['shown']
    }
  }, [store, list, rows, step])
}

function moveTick(item: HTMLElement, drawn: number): void {
  const tick = item.querySelector('u')
  if (tick !== null) tick.style.left = `${drawn * 100}%`
}
