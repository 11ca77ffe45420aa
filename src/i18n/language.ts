/** Loads a language and makes it the page's. Chinese loads when it is chosen. */
import { i18n } from '@lingui/core'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { catalogue as english } from './en/catalogue.ts'

export type Language = 'en' | 'zh-CN'

i18n.setMessagesCompiler(compileMessage)

/** Makes `language` the page's, `lang` of the document included. */
export async function activateLanguage(language: Language): Promise<void> {
  const texts = language === 'en' ? english : (await import('./zh-CN/catalogue.ts')).catalogue
  i18n.loadAndActivate({ locale: language, messages: texts })
  document.documentElement.lang = language
}
