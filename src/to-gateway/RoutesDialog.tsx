import { useApp, useAppStore } from '../app/use-app.ts'
import { useText } from '../i18n/use-text.ts'
import { Button } from '../ui/Button.tsx'
import { CopyButton } from '../ui/CopyButton.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { DifferenceList } from './DifferenceList.tsx'
import { Retired } from './Retired.tsx'
import styles from './RoutesDialog.module.css'

/** The cluster's Ingresses as HTTPRoutes, and what will answer differently. */
export function RoutesDialog() {
  const text = useText()
  const routes = useApp((state) => state.routes)
  const close = useApp((state) => state.routesClosed)
  return (
    <Dialog
      wide="widest"
      title={text('routes.title')}
      open={routes !== undefined}
      closeLabel={text('dialog.close')}
      onClose={close}
    >
      <Retired />
      <Answer />
    </Dialog>
  )
}

function Answer() {
  const text = useText()
  const answer = useApp((state) => state.routes?.answer)
  if (answer === undefined) return <output className={styles.waiting}>{text('routes.waiting')}</output>
  if (answer.kind === 'failed')
    return (
      <p role="alert" className={styles.waiting}>
        {answer.diagnostic.message}
      </p>
    )
  if (answer.ingresses.length === 0) return <p className={styles.waiting}>{text('routes.none')}</p>
  return (
    <div className={styles.columns}>
      <section aria-labelledby="routes-yaml">
        <Head yaml={answer.yaml} />
        <pre className={styles.yaml}>{answer.yaml}</pre>
        <p className={styles.note}>{text('routes.class')}</p>
      </section>
      <section aria-labelledby="routes-differences">
        <h3 id="routes-differences">{text('routes.differences')}</h3>
        <DifferenceList differences={answer.differences} />
      </section>
    </div>
  )
}

function Head({ yaml }: { readonly yaml: string }) {
  const text = useText()
  const store = useAppStore()
  return (
    <div className={styles.head}>
      <h3 id="routes-yaml">{text('routes.manifests')}</h3>
      <CopyButton text={yaml} />
      <Button onClick={() => void store.getState().routesTaken()}>{text('routes.take')}</Button>
    </div>
  )
}
