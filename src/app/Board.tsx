import { useText } from '../i18n/use-text.ts'
import { Dock } from './Dock.tsx'
import styles from './Board.module.css'
import { FilesPane } from './FilesPane.tsx'
import { FilesRail } from './FilesRail.tsx'
import { Sheet } from './Sheet.tsx'
import { StepsPane } from './StepsPane.tsx'
import type { Layout } from './use-layout.ts'

/** What stands round the stage once there is something to explain. */
export function Board({ layout }: { readonly layout: Layout }) {
  const text = useText()
  switch (layout) {
    case 'wide':
      return (
        <>
          <aside className={styles.left} aria-label={text('files.title')}>
            <FilesPane />
          </aside>
          <StepsPane />
          <Dock />
        </>
      )
    case 'rail':
      return (
        <>
          <FilesRail />
          <StepsPane />
          <Dock />
        </>
      )
    case 'railed-sheet':
      return (
        <>
          <FilesRail />
          <Sheet hasFiles={false} />
        </>
      )
    case 'sheet':
      return <Sheet hasFiles />
  }
}
