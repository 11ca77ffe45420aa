import { useState } from 'react'
import { useText } from '../i18n/use-text.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Menu } from '../ui/Menu.tsx'
import { useScenarioName } from './use-scenario-name.ts'
import styles from './TopBar.module.css'
import { useApp } from './use-app.ts'

/** Which cluster this is, and the way back to how it was at first. */
export function ScenarioMenu() {
  const text = useText()
  const name = useScenarioName()
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Menu
        look="pill"
        label={text('top.scenario', { name })}
        button={
          <>
            <span className={styles.pillLabel}>{text('top.scenarioLabel')}</span>
            <b>{name}</b>
            <span aria-hidden="true">▾</span>
          </>
        }
        items={[{ id: 'over', label: text('top.startOver'), onChoose: () => setAsking(true) }]}
      />
      <Dialog
        title={text('top.startOver')}
        open={asking}
        closeLabel={text('dialog.close')}
        onClose={() => setAsking(false)}
      >
        <StartOverQuestion onNo={() => setAsking(false)} />
      </Dialog>
    </>
  )
}

function StartOverQuestion({ onNo }: { readonly onNo: () => void }) {
  const text = useText()
  const startedOver = useApp((state) => state.startedOver)
  const startOver = () => {
    startedOver()
    window.location.reload()
  }
  return (
    <>
      <p className={styles.question}>{text('top.startOver.question')}</p>
      <div className={styles.answers}>
        <Button onClick={onNo}>{text('top.startOver.no')}</Button>
        <Button look="filled" onClick={startOver}>
          {text('top.startOver.yes')}
        </Button>
      </div>
    </>
  )
}
