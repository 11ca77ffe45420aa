import { useText } from '../i18n/use-text.ts'
import type { Neighbour } from '../sim/kube-proxy/rule-owner.ts'
import styles from './OwnerBadge.module.css'

/** Whose rule it is, where it is not kube-proxy's. */
export function OwnerBadge({ owner }: { readonly owner: Neighbour }) {
  const text = useText()
  return (
    <span className={styles.badge} title={text(`owner.${owner}.meaning`)}>
      {text(`owner.${owner}`)}
    </span>
  )
}
