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
  const named = catalogue[id].replaceAll(BRACES, (whole, name: string) => (name in values ? whole : '*'))
  // A form of a plural that stays has values of its own.
  const inForms = Object.fromEntries([...named.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, '*']))
  const said = i18n._({ id: named, message: named, values: { ...inForms, ...values } })
  return new RegExp(`^${said.split('*').map(literally).join('.+')}`)
}

// `{name}` or `{name, plural, …}`, whose forms may hold braces, and those one more.
const BRACES = /\{(\w+)(?:,(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)?\}/g

/** Matches what begins like this, whatever follows: for names that end in a state or an address. */
export function beginsWith(text: string): RegExp {
  return new RegExp(`^${literally(text)}`)
}

function literally(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
