import { useId, type ReactNode } from 'react'
import { useApp, useAppStore } from '../../app/use-app.ts'
import type { AppState } from '../../app/app-state.ts'
import { useText } from '../../i18n/use-text.ts'
import type { Phase } from '../../sim/trace/trace.ts'
import { Glyph } from '../../ui/Glyph.tsx'
import type { Card } from '../scene/scene.ts'
import { useCardLook } from '../stage-context.ts'
import styles from './CardShell.module.css'
import { useLeadsTo } from './use-leads-to.ts'

interface CardShellProps {
  readonly card: Card
  /** The accessible name: kind, whole name, address. */
  readonly label: string
  readonly name: string
  readonly glyph?: Phase | undefined
  /** The colour of a card that is lit, where it has no glyph. */
  readonly tone?: Phase | undefined
  readonly badge?: ReactNode
  /** No interface holds it: dashed. */
  readonly isIdea?: boolean
  /** Not there yet, or not for long: the outline is broken at the corners. */
  readonly isBroken?: boolean
  readonly lines?: ReactNode
  readonly children?: ReactNode
  readonly size?: 'line' | 'chip' | 'full'
}

/** What every card is: a head that can be chosen, lines under it, and below them what decides here. */
export function CardShell({
  card,
  label,
  name,
  glyph,
  tone,
  badge,
  isIdea,
  isBroken,
  lines,
  children,
  size = 'full',
}: CardShellProps) {
  const text = useText()
  const store = useAppStore()
  const look = useCardLook(card.id)
  const isChosen = useApp((state: AppState) => state.selectedCard === card.id)
  const leadsTo = useLeadsTo(card.id)
  const described = useId()
  const failed = look.state === 'failed'
  const state = look.state === 'idle' ? [] : [text(`stage.state.${look.state}`)]
  return (
    <article
      className={styles.card}
      data-state={look.state}
      data-phase={failed ? 'drop' : (look.phase ?? glyph ?? tone)}
      data-idea={isIdea === true}
      data-broken={isBroken === true}
      data-size={size}
      data-chosen={isChosen}
      aria-label={label}
    >
      <div className={styles.head}>
        <button
          type="button"
          className={styles.name}
          aria-label={label}
          aria-describedby={described}
          aria-pressed={isChosen}
          title={label}
          onClick={() => store.getState().cardSelected(isChosen ? undefined : card.id)}
        >
          {(glyph !== undefined || failed) && <Glyph phase={failed ? 'drop' : (glyph ?? 'drop')} />}
          <span className={styles.text}>{name}</span>
        </button>
        {badge}
      </div>
      {lines}
      {children}
      <span id={described} className="visually-hidden">
        {[...state, ...leadsTo].join('; ')}
      </span>
    </article>
  )
}

/** The kind at the right of a head, or the address where the card has one line. */
export function Badge({
  children,
  isAddress,
}: {
  readonly children: ReactNode
  readonly isAddress?: boolean
}) {
  return (
    <span className={styles.badge} data-address={isAddress === true}>
      {children}
    </span>
  )
}

/** A line under the head, in mono; `faint` is where the thing lives or what is assumed. */
export function Line({ children, faint }: { readonly children: ReactNode; readonly faint?: ReactNode }) {
  return (
    <p className={styles.line}>
      {children}
      {faint !== undefined && <span className={styles.faint}> · {faint}</span>}
    </p>
  )
}
