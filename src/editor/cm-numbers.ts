/** Colours numbers, booleans and null. The YAML grammar has one name for every plain scalar, so their text tells. */
import type { Extension } from '@codemirror/state'
import { Decoration, MatchDecorator, ViewPlugin, type DecorationSet, type EditorView } from '@codemirror/view'

const matcher = new MatchDecorator({
  regexp: /(?<=(?::|-) +)(?:[-+]?\d+(?:\.\d+)?|true|false|null|~)(?=\s*(?:#.*)?$)/g,
  decoration: Decoration.mark({ class: 'cm-number' }),
})

/** Marks them in the lines in sight. */
export const numbers: Extension = ViewPlugin.define(
  (view: EditorView) => {
    let decorations: DecorationSet = matcher.createDeco(view)
    return {
      get decorations() {
        return decorations
      },
      update(update) {
        decorations = matcher.updateDeco(update, decorations)
      },
    }
  },
  { decorations: (plugin) => plugin.decorations },
)
