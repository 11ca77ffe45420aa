/** What to type in a file so that the cluster changes, in the text where it stands. Nothing is applied; all else that was typed stays. */
import type { Diagnostic } from './manifest/diagnostic.ts'
import type { ParsedFile } from './manifest/manifest.ts'

/** A file as it stands in its tab. */
export interface TypedText {
  readonly parsed: ParsedFile
  readonly text: string
}

/** `edit`: the file's whole new text. `unchanged`: the texts say this already. `broken`: the error that stands in the way. `nowhere`: no file could hold it. */
export type TextChange =
  | { readonly kind: 'edit'; readonly file: string; readonly text: string }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'broken'; readonly problem: Diagnostic }
  | { readonly kind: 'nowhere' }

/** The first error of a file: an edit in it could not be applied. */
export function errorIn({ diagnostics }: ParsedFile): Diagnostic | undefined {
  return diagnostics.find(({ severity }) => severity === 'error')
}

/** What keeps a file with an error from being changed. */
export function refusedChange({ parsed }: TypedText): TextChange {
  const problem = errorIn(parsed)
  return problem === undefined ? { kind: 'nowhere' } : { kind: 'broken', problem }
}
