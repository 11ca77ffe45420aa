import { useText } from '../i18n/use-text.ts'
import { ConntrackPanel } from '../dock/ConntrackPanel.tsx'
import { RulesPanel } from '../dock/RulesPanel.tsx'
import { Inspector } from '../inspector/Inspector.tsx'
import { StepList } from '../inspector/StepList.tsx'
import { Transport } from '../timeline/Transport.tsx'
import { SegmentedControl } from '../ui/SegmentedControl.tsx'
import { Tabs } from '../ui/Tabs.tsx'
import type { SheetTab } from './app-state.ts'
import { FilesPane } from './FilesPane.tsx'
import styles from './Sheet.module.css'
import { useApp } from './use-app.ts'

const TABS = ['step', 'steps', 'files', 'rules'] as const satisfies readonly SheetTab[]

/** On a small page: one sheet under the stage that shows one thing, and a row of tabs under it. The files may have another place. */
export function Sheet({ hasFiles }: { readonly hasFiles: boolean }) {
  const text = useText()
  const asked = useApp((state) => state.sheetTab)
  const tab = asked === 'files' && !hasFiles ? 'step' : asked
  const tabs = hasFiles ? TABS : TABS.filter((id) => id !== 'files')
  const choose = useApp((state) => state.sheetTabChosen)
  return (
    <aside className={styles.aside} aria-label={text('sheet.label')}>
      <div
        id="sheet-panel"
        role="tabpanel"
        aria-labelledby={`sheet-panel-${tab}`}
        data-tab={tab}
        className={styles.sheet}
      >
        <h2 className="visually-hidden">{text(`sheet.tab.${tab}`)}</h2>
        {SHEET_PANELS[tab]}
      </div>
      <nav className={styles.nav}>
        <Tabs
          look="bar"
          label={text('sheet.label')}
          tabs={tabs.map((id) => ({ id, label: text(`sheet.tab.${id}`) }))}
          chosen={tab}
          onChoose={choose}
          panelId="sheet-panel"
        />
      </nav>
    </aside>
  )
}

function KernelPanels() {
  const text = useText()
  const tab = useApp((state) => (state.dockTab === 'conntrack' ? 'conntrack' : 'rules'))
  const choose = useApp((state) => state.dockTabChosen)
  return (
    <>
      <div className={styles.choice}>
        <SegmentedControl<'rules' | 'conntrack'>
          label={text('sheet.tab.rules')}
          value={tab}
          onChoose={choose}
          choices={[
            { value: 'rules', label: text('dock.tab.rules') },
            { value: 'conntrack', label: text('dock.tab.conntrack') },
          ]}
        />
      </div>
      {tab === 'rules' ? <RulesPanel /> : <ConntrackPanel />}
    </>
  )
}

const SHEET_PANELS = {
  step: (
    <>
      <div className={styles.transport}>
        <Transport />
      </div>
      <Inspector />
    </>
  ),
  steps: <StepList />,
  files: <FilesPane titled={false} />,
  rules: <KernelPanels />,
} as const
