/** The lines behind the current step, tinted in its colour. */
import { StateEffect, type EditorState, type Extension } from '@codemirror/state'
import { Decoration, type DecorationSet } from '@codemirror/view'
import { markedBy } from './cm-line-marks.ts'
import type { LineSpan } from './lines-of-step.ts'

/** Says which lines to tint from now on. */
export const tintLines = StateEffect.define<readonly LineSpan[]>()

const tinted = Decoration.line({ class: 'cm-stepLine' })

/** Keeps the tint at its text while it is edited. */
export const stepLines: Extension = markedBy(tintLines, decorated)

function decorated(state: EditorState, spans: readonly LineSpan[]): DecorationSet {
  const lines = new Set<number>()
  for (const span of spans)
    for (let line = span.line; line <= Math.min(span.endLine, state.doc.lines); line++) lines.add(line)
  const sorted = [...lines].toSorted((a, b) => a - b)
  return Decoration.set(sorted.map((line) => tinted.range(state.doc.line(line).from)))
}
