import type { ReactNode } from 'react'
import styles from './MarkedText.module.css'
import { markedParts } from './marked-parts.ts'

interface MarkedTextProps {
  readonly text: string
  readonly marks: readonly string[]
  /** Stands at the right, over the text. */
  readonly children?: ReactNode
}

/** A rule, a record or a configuration as the machine holds it; the parts that decided are marked. */
export function MarkedText({ text, marks, children }: MarkedTextProps) {
  return (
    <pre className={styles.text}>
      {children}
      {markedParts(text, marks).map((part, index) =>
        part.marked ? <mark key={index}>{part.text}</mark> : <span key={index}>{part.text}</span>,
      )}
    </pre>
  )
}
