/** English texts of the timeline. ICU MessageFormat. */
export const timeline = {} as const
