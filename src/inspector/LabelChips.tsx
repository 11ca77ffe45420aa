import styles from './CardFacts.module.css'

interface LabelChipsProps {
  readonly labels: Readonly<Record<string, string>>
  /** Said where there is none. */
  readonly none: string
}

/** `key=value`, as kubectl writes labels and selectors. */
export function LabelChips({ labels, none }: LabelChipsProps) {
  const entries = Object.entries(labels)
  if (entries.length === 0) return none
  return (
    <ul className={styles.chips}>
      {entries.map(([key, value]) => (
        <li key={key}>
          {key}={value}
        </li>
      ))}
    </ul>
  )
}
