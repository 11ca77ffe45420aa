/** English texts of the dock. ICU MessageFormat. */
export const dock = {} as const
