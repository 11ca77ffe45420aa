import { useMemo } from 'react'
import { useApp } from '../app/use-app.ts'
import { useDiagnosticText, useHintText, useText } from '../i18n/use-text.ts'
import { AddFile } from './AddFile.tsx'
import { CodeSurface } from './CodeSurface.tsx'
import styles from './EditorPane.module.css'
import { FileActions } from './FileActions.tsx'
import { problemsOf } from './file-state.ts'
import { FileTabs } from './FileTabs.tsx'
import { NoteView } from './NoteView.tsx'
import type { ShownProblem } from './shown-problem.ts'

/** The left pane: the files, the text of one of them, and the ways of a text into the cluster. */
export function EditorPane() {
  const text = useText()
  const problems = useShownProblems()
  const hasFiles = useApp((state) => state.snapshot.files.length > 0)
  return (
    <section className={styles.pane} aria-label={text('editor.label')}>
      <div className={styles.files}>
        <FileTabs panelId={panelId} />
        <AddFile />
        <PasteButton />
      </div>
      {hasFiles && (
        <div id={panelId} role="tabpanel" aria-label={text('editor.label')} className={styles.panel}>
          <CodeSurface problems={problems} />
          <FileActions />
          <NoteView />
        </div>
      )}
    </section>
  )
}

const panelId = 'editor-panel'

function PasteButton() {
  const text = useText()
  const show = useApp((state) => state.pasteShown)
  return (
    <button type="button" className={styles.add} onClick={() => show()}>
      {text('editor.paste')}
    </button>
  )
}

/** The open file's problems in the page's language; a new list only when something changed. */
function useShownProblems(): readonly ShownProblem[] {
  const file = useApp((state) => state.openFile)
  const typed = useApp((state) => state.problems)
  const applied = useApp((state) => state.snapshot.diagnostics)
  const language = useApp((state) => state.language)
  const say = useDiagnosticText()
  const sayHint = useHintText()
  const text = useText()
  return useMemo(
    () =>
      problemsOf(file, typed, applied).map((problem) => ({
        severity: problem.severity,
        word: text(`editor.problem.${problem.severity}`),
        message: say(problem),
        ...withHint(sayHint(problem)),
        ...(problem.range === undefined ? {} : { range: problem.range }),
      })),
    // oxlint-disable-next-line react/exhaustive-deps -- the functions are new each time; what they say changes with the language alone
    [file, typed, applied, language],
  )
}

function withHint(hint: string | undefined): { readonly hint?: string } {
  return hint === undefined ? {} : { hint }
}
