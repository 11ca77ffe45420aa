import { Dock } from './Dock.tsx'
import styles from './Board.module.css'
import { FilesPane } from './FilesPane.tsx'
import { FilesRail } from './FilesRail.tsx'
import { Sheet } from './Sheet.tsx'
import { StepsPane } from './StepsPane.tsx'
import type { Layout } from './use-layout.ts'

/** What stands round the stage once there is something to explain. */
export function Board({ layout }: { readonly layout: Layout }) {
  switch (layout) {
    case 'wide':
      return (
        <>
          <div className={styles.left}>
            <FilesPane />
          </div>
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
    case 'sheet':
      return <Sheet />
  }
}
