import { useState } from 'react'
import { useText } from '../i18n/use-text.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { Button } from '../ui/Button.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { Menu } from '../ui/Menu.tsx'
import { SegmentedControl } from '../ui/SegmentedControl.tsx'
import type { Language, Theme } from './app-state.ts'
import { Icon } from './Icon.tsx'
import { Logo } from './Logo.tsx'
import { useScenarioName } from './scenario-name.ts'
import styles from './TopBar.module.css'
import { useApp } from './use-app.ts'

interface TopBarProps {
  readonly onHelp: () => void
}

/** What the page is about, and how it looks. */
export function TopBar({ onHelp }: TopBarProps) {
  const text = useText()
  return (
    <header className={styles.bar}>
      <div className={styles.logo}>
        <Logo />
        <span className={styles.name}>{text('app.name')}</span>
      </div>
      <ScenarioMenu />
      <ClusterSummary />
      <span className={styles.spacer} />
      <LanguageChoice />
      <ThemeMenu />
      <IconButton label={text('top.help')} hotkey="?" onClick={onHelp}>
        ?
      </IconButton>
    </header>
  )
}

function ScenarioMenu() {
  const text = useText()
  const name = useScenarioName()
  const startedOver = useApp((state) => state.startedOver)
  const [asking, setAsking] = useState(false)
  const items = [{ id: 'over', label: text('top.startOver'), onChoose: () => setAsking(true) }]
  const startOver = () => {
    startedOver()
    window.location.reload()
  }
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
        items={items}
      />
      <Dialog
        title={text('top.startOver')}
        open={asking}
        closeLabel={text('dialog.close')}
        onClose={() => setAsking(false)}
      >
        <p className={styles.question}>{text('top.startOver.question')}</p>
        <div className={styles.answers}>
          <Button onClick={() => setAsking(false)}>{text('top.startOver.no')}</Button>
          <Button look="filled" onClick={startOver}>
            {text('top.startOver.yes')}
          </Button>
        </div>
      </Dialog>
    </>
  )
}

function ClusterSummary() {
  const text = useText()
  const nodes = useApp((state) => state.snapshot.nodes.length)
  const pods = useApp((state) => state.snapshot.pods.length)
  const services = useApp((state) => state.snapshot.services.length)
  return <span className={styles.summary}>{text('top.summary', { nodes, pods, services })}</span>
}

function LanguageChoice() {
  const text = useText()
  const language = useApp((state) => state.language)
  const choose = useApp((state) => state.languageChosen)
  return (
    <SegmentedControl<Language>
      label={text('top.language')}
      value={language}
      onChoose={choose}
      choices={[
        { value: 'en', label: 'EN', name: 'English' },
        { value: 'zh-CN', label: '中', name: '中文' },
      ]}
    />
  )
}

function ThemeMenu() {
  const text = useText()
  const theme = useApp((state) => state.theme)
  const choose = useApp((state) => state.themeChosen)
  const themes = ['system', 'light', 'dark'] as const satisfies readonly Theme[]
  return (
    <Menu
      label={text('top.theme', { theme: text(`theme.${theme}`) })}
      button={<Icon of={THEME_ICONS[theme]} />}
      items={themes.map((id) => ({
        id,
        label: text(`theme.${id}`),
        checked: id === theme,
        onChoose: () => choose(id),
      }))}
    />
  )
}

const THEME_ICONS = { system: 'screen', light: 'sun', dark: 'moon' } as const
