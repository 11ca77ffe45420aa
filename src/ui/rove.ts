import type { KeyboardEvent } from 'react'

/**
 * Moves focus among the enabled buttons of a group with arrows, Home and End, round at the ends: one stop for Tab.
 * Hand it to `onKeyDown` of the group.
 */
export function rove(event: KeyboardEvent<HTMLElement>): void {
  const items = [...event.currentTarget.querySelectorAll('button')].filter((button) => !button.disabled)
  const at = items.findIndex((button) => button === document.activeElement)
  const to = destination(event.key, at, items.length)
  if (to === undefined) return
  event.preventDefault()
  event.stopPropagation()
  items[to]?.focus()
}

function destination(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return (at + 1) % count
    case 'ArrowLeft':
    case 'ArrowUp':
      return (at + count - 1) % count
    case 'Home':
      return 0
    case 'End':
      return count - 1
  }
  return undefined
}
