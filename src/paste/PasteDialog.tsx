import { useId } from 'react'
import { useApp, useAppStore } from '../app/use-app.ts'
import { useText } from '../i18n/use-text.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import styles from './PasteDialog.module.css'
import { SurveyView } from './SurveyView.tsx'

/** Takes manifests or a node's rules as their tools printed them, and makes a file of them. */
export function PasteDialog() {
  const text = useText()
  const isOpen = useApp((state) => state.paste.isOpen)
  const close = useApp((state) => state.pasteClosed)
  return (
    <Dialog wide title={text('paste.title')} open={isOpen} closeLabel={text('dialog.close')} onClose={close}>
      <PasteForm />
    </Dialog>
  )
}

function PasteForm() {
  const text = useText()
  const id = useId()
  const paste = useApp((state) => state.paste)
  const typed = useApp((state) => state.pasteTyped)
  return (
    <>
      <label htmlFor={id} className={styles.lead}>
        {text('paste.lead')}
      </label>
      <textarea
        id={id}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the person has just asked for this field
        autoFocus
        className={styles.text}
        value={paste.text}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        placeholder={text('paste.placeholder')}
        aria-describedby={`${id}-survey`}
        onChange={(event) => typed(event.target.value)}
      />
      <div id={`${id}-survey`} aria-live="polite" className={styles.survey}>
        <SurveyView />
      </div>
      <PasteActions />
    </>
  )
}

/** What can be made of it now: with an error it can only wait in a file, where its lines are marked. */
function PasteActions() {
  const text = useText()
  const store = useAppStore()
  const survey = useApp((state) => state.paste.survey)
  const waiting = useApp((state) => state.paste.waiting.length)
  const take = (how: 'apply' | 'wait') => () => void store.getState().pasteTaken(how)
  const isReady = survey !== undefined && survey.kind !== 'empty'
  const isSound = isReady && survey.diagnostics.every(({ severity }) => severity !== 'error')
  return (
    <div className={styles.actions}>
      {waiting > 0 && <span className={styles.waiting}>{text('paste.waiting', { count: waiting })}</span>}
      <Button disabled={!isReady} onClick={take('wait')}>
        {text('paste.wait')}
      </Button>
      <Button look="filled" disabled={!isSound} onClick={take('apply')}>
        {text(survey?.kind === 'rules' ? 'paste.use' : 'paste.apply')}
      </Button>
    </div>
  )
}
