import { useAppStore } from '../app/use-app.ts'
import { useText } from '../i18n/use-text.ts'
import { Button } from '../ui/Button.tsx'
import styles from './ToGateway.module.css'

/** Where a learner meets ingress-nginx: that it is retired, and the step to the Gateway API. */
export function ToGateway() {
  const text = useText()
  const store = useAppStore()
  return (
    <div className={styles.step}>
      <p>{text('inspector.card.retired')}</p>
      <Button onClick={() => void store.getState().routesShown()}>{text('inspector.card.asRoute')}</Button>
    </div>
  )
}
