import { currentHop, openText } from '../app/selectors.ts'
import { useApp } from '../app/use-app.ts'
import { useDiagnosticText, useHintText, useText } from '../i18n/use-text.ts'
import { fileNote } from './file-note.ts'
import { problemsOf } from './file-state.ts'
import { lineCount, linesOfStep, spanText, type LineSpan } from './lines-of-step.ts'
import styles from './NoteView.module.css'
import { useOpenFile } from './use-open-file.ts'

/** The note under the editor: what the last apply did, how the text stands, which lines the step stands on. */
export function NoteView() {
  const text = useText()
  const open = useOpenFile()
  const applyNote = useApp((state) => state.applyNote)
  const whole = useWholeFileProblem()
  const isUnkept = useApp((state) => state.unkept.includes(state.openFile))
  const hop = useApp(currentHop)
  const source = useApp(openText)
  if (open === undefined) return null
  const note = fileNote({
    file: open.view.name,
    state: open.state,
    isPatch: open.view.patchOf !== undefined,
    isEmpty: source.trim() === '',
    applyNote,
    stepLines: linesOfStep(hop?.because ?? [], open.view.name),
  })
  return (
    <div className={styles.note} data-says={note.says}>
      <output>
        {note.says === 'broken' && <b>{text('editor.note.problems', { count: open.state.errors })} </b>}
        {note.says === 'broken' ? text('editor.note.broken') : <b>{text(`editor.note.${note.says}`)}</b>}{' '}
        {note.changes.length > 0 && <code>{note.changes.join(', ')}</code>}
      </output>
      {whole !== undefined && <p>{whole}</p>}
      {note.lines.length > 0 && <StepLines lines={note.lines} />}
      {isUnkept && <p className={styles.alarm}>{text('editor.note.unkept')}</p>}
    </div>
  )
}

/** A problem of the file as a whole stands above its first line, which may be far out of sight: the note says it too. */
function useWholeFileProblem(): string | undefined {
  const file = useApp((state) => state.openFile)
  const typed = useApp((state) => state.problems)
  const applied = useApp((state) => state.snapshot.diagnostics)
  const say = useDiagnosticText()
  const sayHint = useHintText()
  const problem = problemsOf(file, typed, applied).find(({ range }) => range === undefined)
  return problem && [say(problem), sayHint(problem) ?? ''].join(' ').trim()
}

/** `Lines 10–11 are behind the step that you are looking at.` */
function StepLines({ lines }: { readonly lines: readonly LineSpan[] }) {
  const text = useText()
  const language = useApp((state) => state.language)
  const list = new Intl.ListFormat(language, { type: 'conjunction' })
  const named = list.format(lines.map(spanText))
  return <p>{text('editor.note.step', { count: lineCount(lines), lines: named })}</p>
}
