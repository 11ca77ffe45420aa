import type { inspector as en } from '../en/inspector.ts'

/** Chinese texts of the inspector. */
export const inspector: Readonly<Record<keyof typeof en, string>> = {}
