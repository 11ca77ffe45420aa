/** The page's English texts, said as the page says them. */
import { setupI18n } from '@lingui/core'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { catalogue, type TextId } from '../src/i18n/en/catalogue.ts'

/** What stands in the braces of a text, by name. */
export type Values = Readonly<Record<string, string | number>>

const i18n = setupI18n({ locale: 'en', messages: { en: catalogue } })
i18n.setMessagesCompiler(compileMessage)

/** A text of the catalogue with its values filled in. */
export function english(id: TextId, values: Values = {}): string {
  return i18n._(id, { ...values })
}

/**
 * Matches a text of the catalogue at the beginning of what the page says. A `*` inside a value stands for anything, and so does a
 * value that is left out: a test names what it is about, and the lab works out the rest.
 */
export function saying(id: TextId, values: Values = {}): RegExp {
  const names = [...catalogue[id].matchAll(/\{(\w+)/g)].map(([, name = '']) => name)
  const anything = Object.fromEntries(names.map((name) => [name, '*']))
  // What a plural makes of “anything”.
  const said = english(id, { ...anything, ...values }).replaceAll('NaN', '*')
  return new RegExp(`^${said.split('*').map(literally).join('.+')}`)
}

/** Matches what begins like this, whatever follows: for names that end in a state or an address. */
export function beginsWith(text: string): RegExp {
  return new RegExp(`^${literally(text)}`)
}

function literally(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
