/** Dragging the playhead. */
import { useMemo, type PointerEvent, type RefObject } from 'react'
import { useAppStore } from '../app/use-app.ts'

/** A pointer that moves less than this has clicked. */
const slackPx = 3

/** Pointer handlers for the ground over the lanes: dragging scrubs, a click on a bar chooses its step. */
export function useScrub(ground: RefObject<HTMLElement | null>) {
  const store = useAppStore()
  return useMemo(() => {
    let startX: number | undefined
    let dragging = false
    const scrub = (event: PointerEvent) => {
      const box = ground.current?.getBoundingClientRect()
      const { schedule, scrubbed } = store.getState()
      if (box === undefined || box.width === 0 || schedule === undefined) return
      scrubbed(Math.max(0, Math.min(1, (event.clientX - box.left) / box.width)) * schedule.totalMs)
    }
    return {
      onPointerDown: (event: PointerEvent) => {
        if (event.button !== 0) return
        startX = event.clientX
        dragging = false
        event.currentTarget.setPointerCapture(event.pointerId)
      },
      onPointerMove: (event: PointerEvent) => {
        if (startX === undefined || (!dragging && Math.abs(event.clientX - startX) < slackPx)) return
        dragging = true
        scrub(event)
      },
      onPointerUp: (event: PointerEvent) => {
        if (startX !== undefined && !dragging) clickBelow(event)
        startX = undefined
      },
      onPointerCancel: () => {
        startX = undefined
      },
    }
  }, [ground, store])
}

/** The ground lies over the bars: a click goes through to the one under it. */
function clickBelow(event: PointerEvent): void {
  for (const element of document.elementsFromPoint(event.clientX, event.clientY)) {
    if (element instanceof HTMLButtonElement) return element.click()
  }
}
