import type { app as en } from '../en/app.ts'

/** Chinese texts of the top bar, the layout, dialogs and keys. */
export const app: Readonly<Record<keyof typeof en, string>> = {
  'app.name': 'Podpath',
}
