import { useId, useRef, type KeyboardEvent, type PointerEvent, type RefObject } from 'react'

interface HoverTip {
  /** `aria-describedby` of the anchor, `id` of the tip. */
  readonly id: string
  readonly anchorRef: RefObject<HTMLButtonElement | null>
  readonly tipRef: RefObject<HTMLSpanElement | null>
  /** Handlers of the anchor. */
  readonly events: {
    readonly onPointerMove: (event: PointerEvent) => void
    readonly onPointerLeave: () => void
    readonly onFocus: () => void
    readonly onBlur: () => void
    readonly onKeyDown: (event: KeyboardEvent) => void
  }
}

/** A tip in the top layer, so that no scrolling pane cuts it off. Shown on hover and on focus; Escape puts it away (WCAG 1.4.13). */
export function useHoverTip(): HoverTip {
  const id = useId()
  const anchorRef = useRef<HTMLButtonElement>(null)
  const tipRef = useRef<HTMLSpanElement>(null)
  const show = () => {
    tipRef.current?.showPopover()
    placeAt(anchorRef.current, tipRef.current)
  }
  // A pane that opens under a pointer at rest makes an event without a movement; a tip there would cover what was just asked for.
  const onPointerMove = ({ movementX, movementY }: PointerEvent) => {
    if ((movementX !== 0 || movementY !== 0) && tipRef.current?.matches(':popover-open') === false) show()
  }
  const hide = () => tipRef.current?.hidePopover()
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') hide()
  }
  return {
    id,
    anchorRef,
    tipRef,
    events: { onPointerMove, onPointerLeave: hide, onFocus: show, onBlur: hide, onKeyDown },
  }
}

const gapPx = 6
const marginPx = 8

/** Under the anchor, above it where there is no room, and never out of the window. */
function placeAt(anchor: HTMLElement | null, tip: HTMLElement | null): void {
  if (anchor === null || tip === null) return
  const at = anchor.getBoundingClientRect()
  const size = tip.getBoundingClientRect()
  const fitsBelow = at.bottom + gapPx + size.height + marginPx <= window.innerHeight
  const left = Math.min(at.left, window.innerWidth - size.width - marginPx)
  tip.style.left = `${Math.max(marginPx, left)}px`
  tip.style.top = `${fitsBelow ? at.bottom + gapPx : at.top - gapPx - size.height}px`
}
