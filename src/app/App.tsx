import { lazy, Suspense, useMemo, useState, type ComponentType, type ReactNode } from 'react'
import { loadEnglish } from '../i18n/language.ts'
import { useText } from '../i18n/use-text.ts'
import { Stage } from '../stage/Stage.tsx'
import styles from './App.module.css'
import { HelpDialog } from './HelpDialog.tsx'
import { loadBoard } from './load-board.ts'
import { Notices } from './Notices.tsx'
import { Opening } from './Opening.tsx'
import { OpeningFoot } from './OpeningFoot.tsx'
import { RequestBar } from './RequestBar.tsx'
import { StepAnnouncer } from './StepAnnouncer.tsx'
import { TopBar } from './TopBar.tsx'
import { URL_FIELD } from './UrlField.tsx'
import { useApp } from './use-app.ts'
import { useDocument } from './use-document.ts'
import { useFileDrop } from './use-file-drop.ts'
import { useKeyboard } from './use-keyboard.ts'
import { useLayout } from './use-layout.ts'

const TruthDialog = withTexts(async () => (await import('../truth/TruthDialog.tsx')).TruthDialog)
const ClusterSizeDialog = withTexts(
  async () => (await import('../cluster-size/ClusterSizeDialog.tsx')).ClusterSizeDialog,
)
const CompareDialog = withTexts(async () => (await import('../compare/CompareDialog.tsx')).CompareDialog)
const SourcesDialog = withTexts(async () => (await import('../sources/SourcesDialog.tsx')).SourcesDialog)
const RoutesDialog = withTexts(async () => (await import('../to-gateway/RoutesDialog.tsx')).RoutesDialog)
const PasteDialog = withTexts(async () => (await import('../paste/PasteDialog.tsx')).PasteDialog)
const Board = lazy(async () => ({ default: (await loadBoard()).Board }))

/**
 * The page: the stage in the middle, and round it what explains it. Before the first Send the stage is alone with the question.
 * The stage stays the same element throughout, so that nothing of it starts anew.
 */
export function App() {
  const text = useText()
  const [helpOpen, setHelpOpen] = useState(false)
  const boardOpen = useApp((state) => state.boardOpen)
  const sheetTab = useApp((state) => state.sheetTab)
  const layout = useLayout()
  const page = useMemo(() => ({ focusRequest, openHelp: () => setHelpOpen(true) }), [])
  useDocument()
  useFileDrop()
  useKeyboard(page)
  return (
    <div className={styles.page} data-layout={boardOpen ? layout : 'opening'} data-sheet={sheetTab}>
      <TopBar onHelp={page.openHelp} />
      <Notices />
      <main className={styles.main} tabIndex={-1}>
        {boardOpen ? (
          <div className={styles.ask}>
            <h1 className="visually-hidden">{text('opening.question')}</h1>
            <RequestBar opening={false} />
          </div>
        ) : (
          <Opening />
        )}
        <div className={styles.stage}>
          <h2 className="visually-hidden">{text('board.cluster')}</h2>
          <Stage />
        </div>
        {!boardOpen && <OpeningFoot />}
      </main>
      {boardOpen && (
        <Suspense>
          <Board layout={layout} />
        </Suspense>
      )}
      <StepAnnouncer />
      <HelpDialog open={helpOpen} onClose={() => setHelpOpen(false)} />
      <Late open={useApp((state) => state.truthAt !== undefined)}>
        <TruthDialog />
      </Late>
      <Late open={useApp((state) => state.sizes !== undefined)}>
        <ClusterSizeDialog />
      </Late>
      <Late open={useApp((state) => state.paste.isOpen)}>
        <PasteDialog />
      </Late>
      <Late open={useApp((state) => state.comparison !== undefined)}>
        <CompareDialog />
      </Late>
      <Late open={useApp((state) => state.sources !== undefined)}>
        <SourcesDialog />
      </Late>
      <Late open={useApp((state) => state.routes !== undefined)}>
        <RoutesDialog />
      </Late>
    </div>
  )
}

/** A dialog that comes with all texts: it may be opened before anything else has wanted them. */
function withTexts(load: () => Promise<ComponentType>) {
  return lazy(async () => {
    const [component] = await Promise.all([load(), loadEnglish()])
    return { default: component }
  })
}

/** Loads what is inside when it is first opened. */
function Late({ open, children }: { readonly open: boolean; readonly children: ReactNode }) {
  const [wasOpen, setWasOpen] = useState(false)
  if (open && !wasOpen) setWasOpen(true)
  return wasOpen ? <Suspense>{children}</Suspense> : null
}

function focusRequest(): void {
  const field = document.getElementById(URL_FIELD)
  if (field instanceof HTMLInputElement) field.select()
}
