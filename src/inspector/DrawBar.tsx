import type { CSSProperties } from 'react'
import { useText } from '../i18n/use-text.ts'
import styles from './DrawBar.module.css'

interface DrawBarProps {
  /** Both 0…1. */
  readonly drawn: number
  readonly probability: number
}

/** The draw of a `statistic` match: the fill is the probability, the tick is what was drawn. */
export function DrawBar({ drawn, probability }: DrawBarProps) {
  const text = useText()
  const place: CSSProperties & Record<`--${string}`, string> = {
    '--drawn': `${drawn * 100}%`,
    '--probability': `${probability * 100}%`,
  }
  const label = text('inspector.draw', { drawn: drawn.toFixed(2), probability: probability.toFixed(2) })
  return (
    <span title={label} className={styles.bar} style={place}>
      <span className="visually-hidden">{label}</span>
    </span>
  )
}
