import type { ReactNode } from 'react'
import styles from './CardFacts.module.css'
import { GlossaryText } from './GlossaryText.tsx'

/** Names and values under each other. */
export function FactList({ children }: { readonly children: ReactNode }) {
  return <dl className={styles.facts}>{children}</dl>
}

/** One name and its value; left out where there is none. */
export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  if (children === undefined || children === '') return null
  return (
    <>
      <dt>
        <GlossaryText>{name}</GlossaryText>
      </dt>
      <dd>{children}</dd>
    </>
  )
}
