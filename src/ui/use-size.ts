/** The size of an element, in whole CSS pixels. */
import { useLayoutEffect, useState, type RefObject } from 'react'

export interface Size {
  readonly width: number
  readonly height: number
}

/** Follows an element's size; undefined until it is known. */
export function useSize(element: RefObject<HTMLElement | null>): Size | undefined {
  const [size, setSize] = useState<Size>()
  useLayoutEffect(() => {
    const watched = element.current
    if (watched === null) return undefined
    const read = () => {
      const [width, height] = [watched.clientWidth, watched.clientHeight]
      setSize((was) => (was?.width === width && was.height === height ? was : { width, height }))
    }
    read()
    const observer = new ResizeObserver(read)
    observer.observe(watched)
    return () => observer.disconnect()
  }, [element])
  return size
}
