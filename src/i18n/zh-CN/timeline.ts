import type { timeline as en } from '../en/timeline.ts'

/** Chinese texts of the timeline. */
export const timeline: Readonly<Record<keyof typeof en, string>> = {}
