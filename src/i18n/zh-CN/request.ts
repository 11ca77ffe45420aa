import type { request as en } from '../en/request.ts'

/** Chinese texts of the request. */
export const request: Readonly<Record<keyof typeof en, string>> = {}
