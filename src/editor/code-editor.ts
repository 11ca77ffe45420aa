/**
 * CodeMirror as the pane speaks to it. It holds one editing session a file, so that undo goes back within that file alone.
 * This file and all that it imports load when the editor is first needed.
 */
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language'
import { lintKeymap } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { Annotation, Compartment, EditorState, Prec, type Extension } from '@codemirror/state'
import {
  EditorView,
  drawSelection,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import { chinesePhrases } from './cm-phrases.ts'
import { numbers } from './cm-numbers.ts'
import { problemLines, reportProblems } from './cm-problems.ts'
import { stepLines, tintLines } from './cm-step-lines.ts'
import { theme } from './cm-theme.ts'
import { nodeOfPaste } from '../sim/cluster/paste-name.ts'
import type { LineSpan } from './lines-of-step.ts'
import type { ShownProblem } from './shown-problem.ts'
import { smallestChange } from './smallest-change.ts'

/** What the pane can ask of the editor. */
export interface CodeEditor {
  /** Shows a file. A text that differs from the session's comes in as one change that can be undone. */
  readonly show: (file: string, text: string) => void
  readonly tint: (lines: readonly LineSpan[]) => void
  readonly report: (problems: readonly ShownProblem[]) => void
  /** Brings lines into the middle, without moving the caret. */
  readonly reveal: (lines: LineSpan) => void
  /** `name`: the accessible name of the text. */
  readonly speak: (language: string, name: string) => void
  readonly focus: () => void
  /** Says what was typed last, and goes. */
  readonly destroy: () => void
}

/** What the editor says to the pane. */
export interface EditorEvents {
  readonly typed: (file: string, text: string) => void
  readonly applied: (file: string) => void
}

/** Sessions by file; they outlive the editor, so that a closed pane forgets no history. */
export type Sessions = Map<string, EditorState>

/** A text of this length is handed on only after a pause, so that no key waits for its copy. UTF-16 units. */
const longText = 200_000
const pauseMs = 300
/** Beyond this, colours would cost more than they tell. */
const tooLongToColour = 1_000_000

/** A pasted dump of rules is no YAML. */
function isColoured(file: string, text: string): boolean {
  return text.length < tooLongToColour && nodeOfPaste(file) === undefined
}

const fromOutside = Annotation.define<boolean>()
const language = new Compartment()
// What binds a session to one editor; a session that is opened again is bound anew.
const binding = new Compartment()

/** Opens the editor in `parent`. */
export function createCodeEditor(parent: HTMLElement, sessions: Sessions, events: EditorEvents): CodeEditor {
  let file = ''
  // The text that store and editor last agreed on; comparing it by reference spares comparing 5 MB.
  let agreed = ''
  let pause: ReturnType<typeof setTimeout> | undefined

  const handOn = () => {
    clearTimeout(pause)
    pause = undefined
    agreed = view.state.doc.toString()
    events.typed(file, agreed)
  }
  const settle = () => {
    if (pause !== undefined) handOn()
  }
  const whenTyped = EditorView.updateListener.of(({ docChanged, transactions, state }) => {
    if (!docChanged || transactions.some((each) => each.annotation(fromOutside) === true)) return
    clearTimeout(pause)
    if (state.doc.length < longText) handOn()
    else pause = setTimeout(handOn, pauseMs)
  })
  const applyKey = Prec.highest(
    keymap.of([
      {
        key: 'Mod-Enter',
        run: () => {
          settle()
          events.applied(file)
          return true
        },
      },
    ]),
  )
  const leaving = EditorView.domEventHandlers({ blur: settle })
  const bound = [applyKey, whenTyped, leaving]
  // With its theme from the start: the first lines that it measures must have their final height.
  const view = new EditorView({ parent, extensions: basics })
  const session = (of: string, text: string) =>
    sessions.get(of)?.update({ effects: binding.reconfigure(bound) }).state ??
    EditorState.create({
      doc: text,
      extensions: [binding.of(bound), basics, isColoured(of, text) ? [yaml(), numbers] : []],
    })

  return {
    show(next, text) {
      if (next !== file) {
        settle()
        if (file !== '') sessions.set(file, view.state)
        file = next
        view.setState(session(next, text))
        agreed = view.state.doc.toString()
      }
      if (text === agreed) return
      settle()
      const change = smallestChange(view.state.doc.toString(), text)
      agreed = text
      if (change !== undefined) view.dispatch({ changes: change, annotations: fromOutside.of(true) })
    },
    tint: (lines) => view.dispatch({ effects: tintLines.of(lines) }),
    report: (problems) => view.dispatch(reportProblems(view.state, problems)),
    reveal({ line }) {
      const at = view.state.doc.line(Math.min(line, view.state.doc.lines)).from
      view.dispatch({ effects: EditorView.scrollIntoView(at, { y: 'center' }) })
    },
    speak: (locale, name) =>
      view.dispatch({
        effects: language.reconfigure([
          EditorState.phrases.of(locale === 'en' ? {} : chinesePhrases),
          EditorView.contentAttributes.of({ 'aria-label': name, tabindex: '0' }),
        ]),
      }),
    focus: () => view.focus(),
    destroy() {
      settle()
      if (file !== '') sessions.set(file, view.state)
      view.destroy()
    },
  }
}

const basics: Extension = [
  lineNumbers(),
  highlightActiveLineGutter(),
  highlightSpecialChars(),
  history(),
  drawSelection(),
  indentUnit.of('  '),
  indentOnInput(),
  bracketMatching(),
  highlightSelectionMatches(),
  search({ top: false }),
  // Tab is left to the page: it must lead out of the editor. Ctrl+[ and Ctrl+] indent.
  keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap, ...lintKeymap]),
  stepLines,
  problemLines,
  theme,
  language.of([]),
]
