import { useText } from '../i18n/use-text.ts'
import { ConntrackPanel } from '../dock/ConntrackPanel.tsx'
import { RulesPanel } from '../dock/RulesPanel.tsx'
import { Timeline } from '../timeline/Timeline.tsx'
import { Transport } from '../timeline/Transport.tsx'
import { Tabs } from '../ui/Tabs.tsx'
import type { DockTab } from './app-state.ts'
import styles from './Dock.module.css'
import { KeyHints } from './KeyHints.tsx'
import { useApp } from './use-app.ts'

const TABS = ['timeline', 'rules', 'conntrack'] as const satisfies readonly DockTab[]

/** Under the stage: play and scrub, and what the node's kernel holds. */
export function Dock() {
  const text = useText()
  const tab = useApp((state) => state.dockTab)
  const choose = useApp((state) => state.dockTabChosen)
  return (
    <section className={styles.dock} aria-label={text('dock.label')} data-tips="above">
      <div className={styles.head}>
        <Transport />
        <span className={styles.spacer} />
        <Tabs
          look="segments"
          label={text('dock.label')}
          tabs={TABS.map((id) => ({ id, label: text(`dock.tab.${id}`) }))}
          chosen={tab}
          onChoose={choose}
          panelId="dock-panel"
        />
      </div>
      <div id="dock-panel" role="tabpanel" aria-labelledby={`dock-panel-${tab}`} className={styles.panel}>
        {DOCK_PANELS[tab]}
      </div>
      {tab === 'timeline' && <KeyHints />}
    </section>
  )
}

const DOCK_PANELS = { timeline: <Timeline />, rules: <RulesPanel />, conntrack: <ConntrackPanel /> } as const
