/** The page's English texts, said as the page says them. */
import { setupI18n } from '@lingui/core'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { catalogue, type TextId } from '../src/i18n/en/catalogue.ts'

const i18n = setupI18n({ locale: 'en', messages: { en: catalogue } })
i18n.setMessagesCompiler(compileMessage)

/** A text of the catalogue with its values filled in. */
export function english(id: TextId, values: Readonly<Record<string, string | number>> = {}): string {
  return i18n._(id, { ...values })
}

/** Matches a text that begins like this one, whatever follows: for names that end in a state or an address. */
export function beginsWith(text: string): RegExp {
  return new RegExp(`^${text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}`)
}
