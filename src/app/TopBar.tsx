import { useText } from '../i18n/use-text.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { LanguageChoice, MoreMenu, ThemeMenu } from './AppearanceMenus.tsx'
import { Logo } from './Logo.tsx'
import { ModeControl } from './ModeControl.tsx'
import { ScenarioMenu } from './ScenarioMenu.tsx'
import styles from './TopBar.module.css'
import { useApp } from './use-app.ts'
import { useMedia } from './use-media.ts'

interface TopBarProps {
  readonly onHelp: () => void
}

/** What the page is about, and how it looks. */
export function TopBar({ onHelp }: TopBarProps) {
  const text = useText()
  const isSmall = useMedia('(max-width: 599px)')
  return (
    <header className={styles.bar}>
      <div className={styles.logo}>
        <Logo />
        <span className={styles.name}>{text('app.name')}</span>
      </div>
      <ScenarioMenu />
      <ClusterSummary />
      <ModeControl />
      <span className={styles.spacer} />
      {isSmall ? (
        <MoreMenu onHelp={onHelp} />
      ) : (
        <>
          <LanguageChoice />
          <ThemeMenu />
          <IconButton label={text('top.help')} hotkey="?" onClick={onHelp}>
            ?
          </IconButton>
        </>
      )}
    </header>
  )
}

function ClusterSummary() {
  const text = useText()
  const nodes = useApp((state) => state.snapshot.nodes.length)
  const pods = useApp((state) => state.snapshot.pods.length)
  const services = useApp(({ snapshot }) => snapshot.services.length + snapshot.crowd)
  const showSize = useApp((state) => state.clusterSizeShown)
  return (
    <button type="button" className={styles.summary} title={text('top.size')} onClick={showSize}>
      {text('top.summary', { nodes, pods, services })}
    </button>
  )
}
