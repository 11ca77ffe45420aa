/** Texts in the page's language, inside a component. */
import { useLingui } from '@lingui/react'
import type { Diagnostic } from '../sim/manifest/diagnostic.ts'
import type { Phrase } from '../sim/phrase.ts'
import type { TextId } from './en/catalogue.ts'

export interface Texts {
  /** A text of the catalogue. */
  (id: TextId, values?: Readonly<Record<string, string | number>>): string
}

/** Gives the function that says a text; the component renders again when the language changes. */
export function useText(): Texts {
  const { i18n } = useLingui()
  return (id, values) => i18n._(id, values ?? {})
}

/** Gives the function that says what the simulator meant. */
export function usePhrase(): (phrase: Phrase) => string {
  const { i18n } = useLingui()
  return (phrase) => i18n._(phrase.id, { ...phrase.values })
}

/** Gives the function that says a diagnostic: English as the simulator wrote it, Chinese by its code. */
export function useDiagnosticText(): (diagnostic: Diagnostic) => string {
  const { i18n } = useLingui()
  return (diagnostic) => {
    const id = `diagnostic.${diagnostic.code}`
    return i18n.messages[id] === undefined ? diagnostic.message : i18n._(id, { ...diagnostic.values })
  }
}

/**
 * Gives the function that says the way out of a diagnostic, undefined where it has none: English as the simulator wrote it, Chinese by
 * its code and, where a code has several, by what sets the case apart.
 */
export function useHintText(): (diagnostic: Diagnostic) => string | undefined {
  const { i18n } = useLingui()
  return (diagnostic) => {
    if (diagnostic.hint === undefined) return undefined
    const id = hintIds(diagnostic).find((each) => i18n.messages[each] !== undefined)
    const values = { ...diagnostic.values, severity: diagnostic.severity }
    return id === undefined ? diagnostic.hint : i18n._(id, values)
  }
}

/** The nearest first: by the case's own words, by the last name of the field, by the code alone. */
function hintIds({ code, values }: Diagnostic): readonly string[] {
  const { detail = '', field = '' } = values
  const name = String(field).split('.').at(-1) ?? ''
  return [`hint.${code}/${detail}`, `hint.${code}/${name}`, `hint.${code}`]
}
