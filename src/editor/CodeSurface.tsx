import { useEffect, useRef, useState } from 'react'
import { currentHop, highlightedBecause, openText } from '../app/selectors.ts'
import { useApp } from '../app/use-app.ts'
import { useText } from '../i18n/use-text.ts'
import styles from './CodeSurface.module.css'
import { linesOfStep } from './lines-of-step.ts'
import { PlainSource } from './PlainSource.tsx'
import type { ShownProblem } from './shown-problem.ts'
import { useCodeEditor } from './use-code-editor.ts'

/** The text of the open file: the editor once it has loaded, until then the same text, plain. */
export function CodeSurface({ problems }: { readonly problems: readonly ShownProblem[] }) {
  const text = useText()
  const file = useApp((state) => state.openFile)
  const source = useApp(openText)
  const becauses = useApp(highlightedBecause)
  const revealed = useApp((state) => state.revealed)
  const language = useApp((state) => state.language)
  const phase = useApp((state) => currentHop(state)?.phase) ?? 'nat'
  const host = useRef<HTMLDivElement>(null)
  const [isWanted, setIsWanted] = useState(false)
  const editor = useCodeEditor(host, isWanted)
  const name = text('editor.text', { file })

  // In this order: a session must be shown before anything can be said about its text.
  useEffect(() => editor?.show(file, source), [editor, file, source])
  useEffect(() => editor?.speak(language, name), [editor, file, language, name])
  useEffect(() => editor?.report(problems), [editor, file, source, problems])
  useEffect(() => editor?.tint(linesOfStep(becauses, file)), [editor, file, becauses])
  useEffect(() => {
    if (revealed?.file === file && revealed.range !== undefined) editor?.reveal(revealed.range)
  }, [editor, file, revealed])
  useEffect(() => {
    if (isWanted) editor?.focus()
  }, [editor, isWanted])

  return (
    <div className={styles.surface} data-phase={phase}>
      <div ref={host} className={styles.host} hidden={editor === undefined} />
      {editor === undefined && (
        <PlainSource
          name={name}
          text={source}
          lines={linesOfStep(becauses, file)}
          onWanted={() => setIsWanted(true)}
        />
      )}
    </div>
  )
}
