import { useText } from '../i18n/use-text.ts'
import styles from './RoutesDialog.module.css'

/** That ingress-nginx gets no fixes any more, and what follows from it. The Ingress API itself stays. */
export function Retired() {
  const text = useText()
  return <p className={styles.retired}>{text('routes.retired')}</p>
}
