import type { dock as en } from '../en/dock.ts'

/** Chinese texts of the dock. */
export const dock: Readonly<Record<keyof typeof en, string>> = {}
