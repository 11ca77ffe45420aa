/** English texts of the request. ICU MessageFormat. */
export const request = {} as const
