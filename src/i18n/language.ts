/**
 * Loads a language and makes it the page's. The first picture has the English that it needs in the entry; the rest of it, and Chinese,
 * come after.
 */
import { i18n } from '@lingui/core'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { app } from './en/app.ts'
import { request } from './en/request.ts'
import { stage } from './en/stage.ts'

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

/** Makes `language` the page's, with all its texts. */
export async function activateLanguage(language: Language): Promise<void> {
  await (language === 'en' ? loadEnglish() : loadChinese())
  activate(language)
}

/** Makes `language` the page's, with as many texts as the first picture says. In English nothing is waited for. */
export async function activateFirst(language: Language): Promise<void> {
  if (language === 'en') i18n.load('en', { ...app, ...request, ...stage })
  else await loadChinese()
  activate(language)
}

let english: Promise<void> | undefined

/** All English texts; loaded once. */
export function loadEnglish(): Promise<void> {
  english ??= import('./en/catalogue.ts').then(({ catalogue }) => i18n.load('en', catalogue))
  return english
}

async function loadChinese(): Promise<void> {
  i18n.load('zh-CN', (await import('./zh-CN/catalogue.ts')).catalogue)
}

function activate(language: Language): void {
  i18n.activate(language)
  document.documentElement.lang = language
}
