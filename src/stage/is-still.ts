/** Whether nothing may move: the system asks for reduced motion, or the page's own key has stopped all motion. */
export function isStill(): boolean {
  return isMotionOff() || prefersStill()
}

/** Whether the page's own key has stopped all motion. */
export function isMotionOff(): boolean {
  return document.documentElement.dataset['motion'] === 'off'
}

// One query for all frames: each asks.
let reduced: MediaQueryList | undefined

/** Whether the system asks for reduced motion. */
export function prefersStill(): boolean {
  reduced ??= window.matchMedia('(prefers-reduced-motion: reduce)')
  return reduced.matches
}
