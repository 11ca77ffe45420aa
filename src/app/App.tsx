import { useMemo, useState } from 'react'
import { Stage } from '../stage/Stage.tsx'
import styles from './App.module.css'
import { Dock } from './Dock.tsx'
import { FilesPane } from './FilesPane.tsx'
import { FilesRail } from './FilesRail.tsx'
import { HelpDialog } from './HelpDialog.tsx'
import { Notices } from './Notices.tsx'
import { Opening } from './Opening.tsx'
import { OpeningFoot } from './OpeningFoot.tsx'
import { RequestBar } from './RequestBar.tsx'
import { Sheet } from './Sheet.tsx'
import { StepAnnouncer } from './StepAnnouncer.tsx'
import { StepsPane } from './StepsPane.tsx'
import { TopBar } from './TopBar.tsx'
import { URL_FIELD } from './UrlField.tsx'
import { useApp } from './use-app.ts'
import { useDocument } from './use-document.ts'
import { useKeyboard } from './use-keyboard.ts'
import { useMedia } from './use-media.ts'

/**
 * The page: the stage in the middle, and round it what explains it. Before the first Send the stage is alone with the question.
 * Below 1200 px the files become a rail, below 900 all but the stage is one sheet.
 */
export function App() {
  const [helpOpen, setHelpOpen] = useState(false)
  const boardOpen = useApp((state) => state.boardOpen)
  const sheetTab = useApp((state) => state.sheetTab)
  const layout = useLayout()
  const page = useMemo(() => ({ focusRequest, openHelp: () => setHelpOpen(true) }), [])
  useDocument()
  useKeyboard(page)
  return (
    <div className={styles.page} data-layout={boardOpen ? layout : 'opening'} data-sheet={sheetTab}>
      <TopBar onHelp={page.openHelp} />
      <Notices />
      {boardOpen && layout === 'wide' && (
        <div className={styles.left}>
          <FilesPane />
        </div>
      )}
      {boardOpen && layout === 'rail' && <FilesRail />}
      <main className={styles.main}>
        {boardOpen ? (
          <div className={styles.ask}>
            <RequestBar opening={false} />
          </div>
        ) : (
          <Opening />
        )}
        <div className={styles.stage}>
          <Stage />
        </div>
        {!boardOpen && <OpeningFoot />}
      </main>
      {boardOpen && layout !== 'sheet' && <StepsPane />}
      {boardOpen && layout !== 'sheet' && <Dock />}
      {boardOpen && layout === 'sheet' && <Sheet />}
      <StepAnnouncer />
      <HelpDialog open={helpOpen} onClose={() => setHelpOpen(false)} />
    </div>
  )
}

function useLayout(): 'wide' | 'rail' | 'sheet' {
  const isWide = useMedia('(min-width: 1200px)')
  const hasColumns = useMedia('(min-width: 900px)')
  return isWide ? 'wide' : hasColumns ? 'rail' : 'sheet'
}

function focusRequest(): void {
  const field = document.getElementById(URL_FIELD)
  if (field instanceof HTMLInputElement) field.select()
}
