import type { ConditionView } from '../sim/snapshot.ts'
import styles from './ConditionList.module.css'

/** What a controller says of an object, in the API’s own words. */
export function ConditionList({ conditions }: { readonly conditions: readonly ConditionView[] }) {
  return (
    <ul className={styles.conditions}>
      {conditions.map(({ type, status, reason, message }) => (
        <li key={type} data-good={isGood(type, status)}>
          <code>
            {type}={status}
          </code>{' '}
          <span>
            {reason}: {message}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** Of most conditions True is the wish; a conflict, or a rule that was dropped, is none. */
function isGood(type: string, status: string): 'yes' | 'no' | 'unknown' {
  if (status === 'Unknown') return 'unknown'
  const wished = type === 'Conflicted' || type === 'PartiallyInvalid' ? 'False' : 'True'
  return status === wished ? 'yes' : 'no'
}
