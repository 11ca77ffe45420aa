/**
 * A sentence in no language yet: an id and what it names. The page's catalogues (`i18n/`) have a text for every id, and the
 * type checker says which is missing. Object names, rule texts and addresses are values and are never translated.
 */
import type { HopName, PhraseId } from './phrase-ids.ts'

export interface Phrase {
  readonly id: PhraseId
  readonly values: Readonly<Record<string, string | number>>
}

/** Makes a phrase. */
export function phrase(id: PhraseId, values: Phrase['values'] = {}): Phrase {
  return { id, values }
}

/** The three texts of a hop: its line in the list, its sentence for the room, its word for bars and tags. */
export function hopText(
  name: HopName,
  values: Phrase['values'] = {},
): { readonly title: Phrase; readonly caption: Phrase; readonly label: Phrase } {
  return {
    title: phrase(`hop.${name}.title`, values),
    caption: phrase(`hop.${name}.caption`, values),
    label: phrase(`hop.${name}.label`, values),
  }
}
