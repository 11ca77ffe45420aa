import { useId, useRef, useState, type SyntheticEvent } from 'react'
import { useApp, useAppStore } from '../app/use-app.ts'
import { useText } from '../i18n/use-text.ts'
import { Button } from '../ui/Button.tsx'
import styles from './EditorPane.module.css'
import { newFileName, type NameProblem } from './new-file-name.ts'

/** A plus that asks for a name. */
export function AddFile() {
  const text = useText()
  const [isAsking, setIsAsking] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const closed = () => {
    setIsAsking(false)
    opener.current?.focus()
  }
  return (
    <>
      <button
        ref={opener}
        type="button"
        className={styles.add}
        aria-label={text('editor.add')}
        title={text('editor.add')}
        aria-expanded={isAsking}
        onClick={() => setIsAsking(!isAsking)}
      >
        +
      </button>
      {isAsking && <NameForm onClose={closed} />}
    </>
  )
}

function NameForm({ onClose }: { readonly onClose: () => void }) {
  const text = useText()
  const store = useAppStore()
  const files = useApp((state) => state.snapshot.files)
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState<NameProblem>()
  const problemId = useId()
  const submitted = (event: SyntheticEvent) => {
    event.preventDefault()
    const named = newFileName(
      typed,
      files.map((file) => file.name),
    )
    if (!named.ok) {
      setProblem(named.problem)
      return
    }
    store.getState().fileAdded(named.name)
    onClose()
  }
  return (
    <form className={styles.form} onSubmit={submitted}>
      <input
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the person has just asked for this field
        autoFocus
        value={typed}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        placeholder={text('editor.add.placeholder')}
        aria-label={text('editor.add.name')}
        aria-invalid={problem !== undefined}
        aria-describedby={problemId}
        onChange={(event) => {
          setTyped(event.target.value)
          setProblem(undefined)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onClose()
        }}
      />
      <Button type="submit">{text('editor.add.create')}</Button>
      <Button look="plain" onClick={onClose}>
        {text('editor.add.cancel')}
      </Button>
      <p id={problemId} role="alert" className={styles.refused}>
        {problem !== undefined && text(`editor.add.${problem}`)}
      </p>
    </form>
  )
}
