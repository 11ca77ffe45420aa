/** English texts of the stage. ICU MessageFormat. */
export const stage = {} as const
