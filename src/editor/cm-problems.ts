/** Problems where they are: the line tinted, the range waved under, the sentence below the line. */
import { setDiagnostics, type Diagnostic as LintDiagnostic } from '@codemirror/lint'
import {
  StateEffect,
  type EditorState,
  type Extension,
  type Range,
  type TransactionSpec,
} from '@codemirror/state'
import { Decoration, type DecorationSet } from '@codemirror/view'
import { markedBy } from './cm-line-marks.ts'
import { ProblemSentence } from './cm-problem-sentence.ts'
import { inReadingOrder, sentenceRoom, type ShownProblem } from './shown-problem.ts'

const sentences = StateEffect.define<readonly ShownProblem[]>()

/** Keeps the sentences at their lines while the text is edited. */
export const problemLines: Extension = markedBy(sentences, decorated)

/** What makes these the problems of the text. Ranges beyond the text's end are drawn back to it. */
export function reportProblems(state: EditorState, problems: readonly ShownProblem[]): TransactionSpec {
  const shown = inReadingOrder(problems)
  const spec = setDiagnostics(
    state,
    shown.flatMap((problem) => waved(state, problem) ?? []),
  )
  return { effects: [...[spec.effects ?? []].flat(), sentences.of(shown.slice(0, sentenceRoom))] }
}

function waved(state: EditorState, problem: ShownProblem): LintDiagnostic | undefined {
  if (problem.range === undefined) return undefined
  const [from, to] = inside(state, problem.range)
  const message = problem.hint === undefined ? problem.message : `${problem.message}\n${problem.hint}`
  return { from, to, severity: problem.severity, message }
}

function decorated(state: EditorState, problems: readonly ShownProblem[]): DecorationSet {
  const ranges: Range<Decoration>[] = []
  for (const problem of problems) {
    const line = state.doc.lineAt(problem.range === undefined ? 0 : inside(state, problem.range)[0])
    const widget = new ProblemSentence(problem)
    if (problem.range === undefined)
      ranges.push(Decoration.widget({ widget, block: true, side: -1 }).range(0))
    else {
      ranges.push(
        Decoration.line({ class: `cm-problemLine cm-problemLine-${problem.severity}` }).range(line.from),
      )
      ranges.push(Decoration.widget({ widget, block: true, side: 1 }).range(line.to))
    }
  }
  return Decoration.set(ranges, true)
}

function inside(
  state: EditorState,
  range: { from: number; to: number },
): readonly [from: number, to: number] {
  const from = Math.min(range.from, state.doc.length)
  return [from, Math.max(from, Math.min(range.to, state.doc.length))]
}
