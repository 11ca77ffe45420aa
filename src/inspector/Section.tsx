import type { ReactNode } from 'react'
import styles from './Section.module.css'

interface SectionProps {
  readonly title: ReactNode
  /** At the right of the title: a badge, a switch. */
  readonly aside?: ReactNode
  readonly children?: ReactNode
}

/** A part of the pane under a quiet heading. */
export function Section({ title, aside, children }: SectionProps) {
  return (
    <section className={styles.section}>
      <div className={styles.head}>
        <h3>{title}</h3>
        {aside}
      </div>
      {children}
    </section>
  )
}
