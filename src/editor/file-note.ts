/** What stands under the editor about the open file. */
import type { ApplyNote } from '../app/app-state.ts'
import type { FileState } from './file-state.ts'
import type { LineSpan } from './lines-of-step.ts'

/** Its first sentence, and what led to it. */
export interface FileNote {
  readonly says: 'applied' | 'waiting' | 'empty' | 'patch' | 'changed' | 'broken'
  /** What the last apply, patch or delete did, as kubectl says it: `service/nginx configured`. */
  readonly changes: readonly string[]
  /** Lines that stand behind the current step. */
  readonly lines: readonly LineSpan[]
}

/** What the note is made of. */
export interface FileFacts {
  readonly file: string
  readonly state: FileState
  readonly isPatch: boolean
  /** Nothing but blanks stands in it. */
  readonly isEmpty: boolean
  readonly applyNote: ApplyNote | undefined
  readonly stepLines: readonly LineSpan[]
}

/** The note of the open file. What the last apply did is told for as long as no error has come since. */
export function fileNote(facts: FileFacts): FileNote {
  const { state, applyNote, file } = facts
  return {
    says: state.kind === 'waiting' ? waitingAs(facts) : state.kind,
    changes: applyNote?.file === file && state.kind !== 'broken' ? changesOf(applyNote) : [],
    lines: facts.stepLines,
  }
}

function waitingAs({ isPatch, isEmpty }: FileFacts): FileNote['says'] {
  if (isEmpty) return 'empty'
  return isPatch ? 'patch' : 'waiting'
}

function changesOf(note: ApplyNote): readonly string[] {
  return note.changed.map(({ ref, verb }) => `${ref.kind.toLowerCase()}/${ref.name} ${verb}`)
}
