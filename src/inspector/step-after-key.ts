/**
 * The step that a key leads to, from 0, or undefined for a key that means nothing here. Up and down only: left and right step
 * the whole page.
 */
export function stepAfterKey(key: string, step: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return Math.min(step + 1, count - 1)
    case 'ArrowUp':
      return Math.max(step - 1, 0)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    case 'PageDown':
      return Math.min(step + 10, count - 1)
    case 'PageUp':
      return Math.max(step - 10, 0)
  }
  return undefined
}
