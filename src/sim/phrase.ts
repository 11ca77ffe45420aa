/**
 * A sentence in no language yet: an id and what it names. The page's catalogues (`i18n/`) have a text for every id, and the
 * type checker says which is missing. Object names, rule texts and addresses are values and are never translated.
 */
import type { PhraseId } from './phrase-ids.ts'

export interface Phrase {
  readonly id: PhraseId
  readonly values: Readonly<Record<string, string | number>>
}

/** Makes a phrase. */
export function phrase(id: PhraseId, values: Phrase['values'] = {}): Phrase {
  return { id, values }
}
