/** The simulator's sentences in English, for a terminal. */
import { setupI18n } from '@lingui/core'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { sim } from '../i18n/en/sim.ts'
import type { Phrase } from '../sim/phrase.ts'

const english = setupI18n({ locale: 'en', messages: { en: sim } })
english.setMessagesCompiler(compileMessage)

/** The sentence. */
export function sayPhrase({ id, values }: Phrase): string {
  return english._(id, { ...values })
}
