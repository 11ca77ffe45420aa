/** English texts of the top bar, the layout, dialogs and keys. ICU MessageFormat. */
export const app = {
  'app.name': 'Podpath',
} as const
