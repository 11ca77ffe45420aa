/** Dragging the playhead. */
import { useRef, type PointerEvent, type RefObject } from 'react'
import { useAppStore } from '../app/use-app.ts'
import { momentAt, type TimeScale } from './time-scale.ts'

/** A pointer that moves less than this has clicked. */
const slackPx = 3

/** Pointer handlers for the ground over the lanes: dragging scrubs, a click on a bar chooses its step. */
export function useScrub(ground: RefObject<HTMLElement | null>, scale: TimeScale) {
  const store = useAppStore()
  const drag = useRef<{ readonly fromX: number; readonly moved: boolean }>(undefined)
  const scrub = (clientX: number) => {
    const box = ground.current?.getBoundingClientRect()
    const { schedule, scrubbed } = store.getState()
    if (box === undefined || schedule === undefined) return
    scrubbed(momentAt(scale, schedule, clientX - box.left))
  }
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return
      drag.current = { fromX: event.clientX, moved: false }
      event.currentTarget.setPointerCapture(event.pointerId)
    },
    onPointerMove: ({ clientX }: PointerEvent) => {
      const { current } = drag
      if (current === undefined || (!current.moved && Math.abs(clientX - current.fromX) < slackPx)) return
      drag.current = { ...current, moved: true }
      scrub(clientX)
    },
    onPointerUp: (event: PointerEvent) => {
      if (drag.current?.moved === false) clickBelow(event)
      drag.current = undefined
    },
    onPointerCancel: () => {
      drag.current = undefined
    },
  }
}

/** The ground lies over the bars: a click goes through to the one under it. */
function clickBelow({ clientX, clientY }: PointerEvent): void {
  const bar = document
    .elementsFromPoint(clientX, clientY)
    .find((element) => element instanceof HTMLButtonElement)
  if (bar instanceof HTMLButtonElement) bar.click()
}
