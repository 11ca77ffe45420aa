import { useState } from 'react'
import { useText } from '../i18n/use-text.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Menu, type MenuItem } from '../ui/Menu.tsx'
import styles from './TopBar.module.css'
import { useApp } from './use-app.ts'
import { useScenarioName } from './use-scenario-name.ts'

/** The id by which the page finds the menu's button. */
export const SCENARIO_MENU = 'scenario-menu'

/** Which cluster this is, the others to choose from, and the way back to how this one was at first. */
export function ScenarioMenu() {
  const text = useText()
  const name = useScenarioName()
  const scenarios = useScenarioItems()
  const showSize = useApp((state) => state.clusterSizeShown)
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Menu
        look="pill"
        openerId={SCENARIO_MENU}
        label={text('top.scenario', { name })}
        button={
          <>
            <span className={styles.pillLabel}>{text('top.scenarioLabel')}</span>
            <b>{name}</b>
            <span aria-hidden="true">▾</span>
          </>
        }
        items={[
          ...scenarios,
          { id: 'size', label: text('top.size'), onChoose: showSize },
          { id: 'over', label: text('top.startOver'), onChoose: () => setAsking(true) },
        ]}
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

function useScenarioItems(): readonly MenuItem[] {
  const open = useApp((state) => state.snapshot.scenario)
  const cards = useApp((state) => state.scenarios)
  const language = useApp((state) => state.language)
  const choose = useApp((state) => state.scenarioChosen)
  return cards.map(({ id, title }) => ({
    id,
    label: title[language],
    checked: id === open,
    onChoose: () => void choose(id),
  }))
}

function StartOverQuestion({ onNo }: { readonly onNo: () => void }) {
  const text = useText()
  const name = useScenarioName()
  const startedOver = useApp((state) => state.startedOver)
  return (
    <>
      <p className={styles.question}>{text('top.startOver.question', { name })}</p>
      <div className={styles.answers}>
        <Button onClick={onNo}>{text('top.startOver.no')}</Button>
        <Button look="filled" onClick={startedOver}>
          {text('top.startOver.yes')}
        </Button>
      </div>
    </>
  )
}
