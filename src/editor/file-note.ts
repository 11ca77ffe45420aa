/** What stands under the editor about the open file. */
import type { ApplyNote } from '../app/app-state.ts'
import type { FileState } from './file-state.ts'
import type { LineSpan } from './lines-of-step.ts'

/** The first sentence, and whether the text is only in this browser, or not even kept there. */
export interface FileNote {
  readonly says: 'applied' | 'waiting' | 'patch' | 'changed' | 'broken'
  /** What the last apply, patch or delete did, as kubectl says it: `service/nginx configured`. */
  readonly changes: readonly string[]
  readonly kept: 'as-shipped' | 'in-this-browser' | 'not-kept'
  /** Lines that stand behind the current step. */
  readonly lines: readonly LineSpan[]
}

/** What the note is made of. */
export interface FileFacts {
  readonly file: string
  readonly state: FileState
  readonly isPatch: boolean
  readonly isTyped: boolean
  readonly isUnkept: boolean
  readonly applyNote: ApplyNote | undefined
  readonly stepLines: readonly LineSpan[]
}

/** The note of the open file. What the last apply did is told for as long as no error has come since. */
export function fileNote(facts: FileFacts): FileNote {
  const { state, applyNote, file } = facts
  return {
    says: facts.isPatch && state.kind === 'waiting' ? 'patch' : state.kind,
    changes: applyNote?.file === file && state.kind !== 'broken' ? changesOf(applyNote) : [],
    kept: keptOf(facts),
    lines: facts.stepLines,
  }
}

function keptOf({ isUnkept, isTyped, applyNote, file }: FileFacts): FileNote['kept'] {
  if (isUnkept) return 'not-kept'
  return isTyped || applyNote?.file === file ? 'in-this-browser' : 'as-shipped'
}

function changesOf(note: ApplyNote): readonly string[] {
  return note.changed.map(({ ref, verb }) => `${ref.kind.toLowerCase()}/${ref.name} ${verb}`)
}
