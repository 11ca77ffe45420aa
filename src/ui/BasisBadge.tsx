import { useText } from '../i18n/use-text.ts'
import type { Basis } from '../sim/trace/trace.ts'
import styles from './BasisBadge.module.css'

/** How we know: solid is computed, outlined imported, hatched assumed, dotted not modelled. The word says the same. */
export function BasisBadge({ basis }: { readonly basis: Basis }) {
  const text = useText()
  return (
    <span className={styles.badge} data-basis={basis} title={text(`basis.${basis}.meaning`)}>
      {text(`basis.${basis}`)}
    </span>
  )
}
