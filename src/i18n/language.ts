/** Loads a language and makes it the page's. Chinese loads when it is chosen. */
import { i18n } from '@lingui/core'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { catalogue as english } from './en/catalogue.ts'

export type Language = 'en' | 'zh-CN'

type Compiled = ReturnType<typeof compileMessage>

// Lingui asks the compiler each time a text is said; a page says the same few hundred again and again.
const compiled = new Map<string, Compiled>()
i18n.setMessagesCompiler((text) => {
  const known = compiled.get(text)
  if (known !== undefined) return known
  const fresh = compileMessage(text)
  compiled.set(text, fresh)
  return fresh
})

/** Makes `language` the page's, `lang` of the document included. */
export async function activateLanguage(language: Language): Promise<void> {
  const texts = language === 'en' ? english : (await import('./zh-CN/catalogue.ts')).catalogue
  i18n.loadAndActivate({ locale: language, messages: texts })
  document.documentElement.lang = language
}
