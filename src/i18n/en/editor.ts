/** English texts of the editor. ICU MessageFormat. */
export const editor = {} as const
