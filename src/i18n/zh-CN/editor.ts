import type { editor as en } from '../en/editor.ts'

/** Chinese texts of the editor. */
export const editor: Readonly<Record<keyof typeof en, string>> = {}
