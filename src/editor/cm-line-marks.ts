/** Marks whole lines, number included, so that the edge of a mark stands at the pane's edge. */
import {
  RangeSet,
  StateField,
  type EditorState,
  type Extension,
  type StateEffectType,
} from '@codemirror/state'
import { Decoration, EditorView, GutterMarker, gutterLineClass, type DecorationSet } from '@codemirror/view'

/**
 * A field whose decorations are what `decorate` makes of the last effect, moved along with later edits. Its line decorations
 * that have a class also give that class to the line's number.
 */
export function markedBy<Value>(
  asked: StateEffectType<Value>,
  decorate: (state: EditorState, value: Value) => DecorationSet,
): Extension {
  const field = StateField.define<DecorationSet>({
    create: () => Decoration.none,
    update(decorations, transaction) {
      const effect = transaction.effects.findLast((each) => each.is(asked))
      if (effect?.is(asked) === true) return decorate(transaction.state, effect.value)
      return decorations.map(transaction.changes)
    },
    provide: (self) => [
      EditorView.decorations.from(self),
      gutterLineClass.compute([self], (state) => numberClasses(state.field(self))),
    ],
  })
  return field
}

class NumberClass extends GutterMarker {
  override readonly elementClass: string

  constructor(elementClass: string) {
    super()
    this.elementClass = elementClass
  }

  override eq(other: NumberClass): boolean {
    return this.elementClass === other.elementClass
  }
}

function numberClasses(decorations: DecorationSet): RangeSet<GutterMarker> {
  const marks = []
  for (const at = decorations.iter(); at.value !== null; at.next()) {
    const named: unknown = at.value.spec['class']
    if (typeof named === 'string') marks.push(new NumberClass(named).range(at.from))
  }
  return RangeSet.of(marks)
}
