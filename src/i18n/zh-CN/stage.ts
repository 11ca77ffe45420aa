import type { stage as en } from '../en/stage.ts'

/** Chinese texts of the stage. */
export const stage: Readonly<Record<keyof typeof en, string>> = {}
