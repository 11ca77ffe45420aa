/** The lines behind the current step, tinted in its colour. */
import { StateEffect, StateField, type EditorState, type Extension } from '@codemirror/state'
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view'
import type { LineSpan } from './lines-of-step.ts'

/** Says which lines to tint from now on. */
export const tintLines = StateEffect.define<readonly LineSpan[]>()

const tinted = Decoration.line({ class: 'cm-stepLine' })

const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, transaction) {
    const asked = transaction.effects.findLast((effect) => effect.is(tintLines))
    if (asked?.is(tintLines) === true) return decorated(transaction.state, asked.value)
    return decorations.map(transaction.changes)
  },
  provide: (self) => EditorView.decorations.from(self),
})

/** Keeps the tint at its text while it is edited. */
export const stepLines: Extension = field

function decorated(state: EditorState, spans: readonly LineSpan[]): DecorationSet {
  const lines = new Set<number>()
  for (const span of spans)
    for (let line = span.line; line <= Math.min(span.endLine, state.doc.lines); line++) lines.add(line)
  return Decoration.set(
    [...lines].toSorted((a, b) => a - b).map((line) => tinted.range(state.doc.line(line).from)),
  )
}
