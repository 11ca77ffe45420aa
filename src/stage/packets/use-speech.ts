/** The page's language for code that draws outside React. */
import { useLingui } from '@lingui/react'
import { useMemo } from 'react'
import type { TextId } from '../../i18n/en/catalogue.ts'
import type { Speech } from './packet-label.ts'

/** The same object as long as the language stays: a label is measured once and not with every step. */
export function useSpeech(): Speech {
  const { i18n } = useLingui()
  const { locale } = i18n
  return useMemo(
    () => ({
      locale,
      say: ({ id, values }) => i18n._(id, { ...values }),
      rewritten: (field) => i18n._(`stage.rewritten.${field}` satisfies TextId),
    }),
    [i18n, locale],
  )
}
