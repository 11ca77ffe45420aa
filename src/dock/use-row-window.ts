import { useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { rowWindow, scrollTopFor, type RowWindow } from './row-window.ts'

interface RowWindowOfView extends RowWindow {
  readonly viewRef: RefObject<HTMLDivElement | null>
  readonly onScroll: () => void
  /** Brings a row into sight. */
  readonly show: (row: number) => void
}

/** The rows in sight of a scrolling view, as it scrolls and changes its size. `rowHeight` in CSS pixels. */
export function useRowWindow(count: number, rowHeight: number): RowWindowOfView {
  const viewRef = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState({ scrollTop: 0, viewHeight: 0 })
  const look = () => {
    const view = viewRef.current
    if (view !== null) setSeen({ scrollTop: view.scrollTop, viewHeight: view.clientHeight })
  }
  useLayoutEffect(() => {
    const view = viewRef.current
    if (view === null) return
    look()
    const observer = new ResizeObserver(look)
    observer.observe(view)
    return () => observer.disconnect()
  }, [])
  const show = (row: number) => {
    const view = viewRef.current
    if (view !== null) view.scrollTop = scrollTopFor(row, rowHeight, view.scrollTop, view.clientHeight)
  }
  return { ...rowWindow(count, rowHeight, seen.scrollTop, seen.viewHeight), viewRef, onScroll: look, show }
}
