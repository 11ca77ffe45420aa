import { WidgetType } from '@codemirror/view'
import type { ShownProblem } from './shown-problem.ts'

/** The sentence under a line that has a problem, and the way out of it. */
export class ProblemSentence extends WidgetType {
  readonly #problem: ShownProblem

  constructor(problem: ShownProblem) {
    super()
    this.#problem = problem
  }

  override eq(other: ProblemSentence): boolean {
    const [a, b] = [this.#problem, other.#problem]
    return a.message === b.message && a.hint === b.hint && a.severity === b.severity && a.word === b.word
  }

  override toDOM(): HTMLElement {
    const { severity, word, message, hint } = this.#problem
    const box = element('div', 'cm-problem')
    box.dataset['severity'] = severity
    const head = element('div', 'cm-problemHead')
    head.append(element('span', 'cm-problemSign'), element('span', 'visually-hidden', `${word}: `), message)
    box.append(head)
    if (hint !== undefined) box.append(element('div', 'cm-problemHint', hint))
    // The editor measures a block without its margins, so room round the box is padding of another one.
    const row = element('div', 'cm-problemRow')
    row.append(box)
    return row
  }

  /** Its text can be selected and copied; the caret stays in the document. */
  override ignoreEvent(): boolean {
    return true
  }
}

function element(tag: string, className: string, text = ''): HTMLElement {
  const made = document.createElement(tag)
  made.className = className
  made.textContent = text
  return made
}
