/** English texts of the inspector. ICU MessageFormat. */
export const inspector = {} as const
