import { lazy, Suspense } from 'react'
import { useText } from '../i18n/use-text.ts'
import styles from './FilesPane.module.css'

const EditorPane = lazy(async () => ({ default: (await import('../editor/EditorPane.tsx')).EditorPane }))

/** The manifests. The editor loads when the pane is first shown; the page does not wait for it. */
export function FilesPane({ titled = true }: { readonly titled?: boolean }) {
  const text = useText()
  return (
    <div className={styles.pane}>
      {titled && <h2 className={styles.title}>{text('files.title')}</h2>}
      <div className={styles.editor}>
        <Suspense fallback={<p className={styles.loading}>{text('files.loading')}</p>}>
          <EditorPane />
        </Suspense>
      </div>
      <p className={styles.kept}>{text('files.kept')}</p>
    </div>
  )
}
