import { useEffect } from 'react'
import { useText } from '../i18n/use-text.ts'
import { OwnerBadge } from '../ui/OwnerBadge.tsx'
import { foundPieces, type FoundLine } from './filter-lines.ts'
import type { RuleLine } from './rule-lines.ts'
import type { RuleMark } from './rule-marks.ts'
import styles from './RulesPanel.module.css'
import { useRowWindow } from './use-row-window.ts'

interface RuleRowsProps {
  readonly label: string
  readonly lines: readonly FoundLine<RuleLine>[]
  readonly words: readonly string[]
  readonly marks: ReadonlyMap<string, RuleMark>
  /** The rule that a person asked for, else the one that decided the step: kept in sight. */
  readonly shown: string | undefined
}

const rowHeight = 20

/** The lines in sight. A real node has tens of thousands: what is not seen is not drawn. */
export function RuleRows({ label, lines, words, marks, shown }: RuleRowsProps) {
  const { from, to, viewRef, onScroll, show } = useRowWindow(lines.length, rowHeight)
  const row = shown === undefined ? -1 : lines.findIndex(({ line }) => line.ruleId === shown)
  useEffect(() => {
    if (row >= 0) show(row)
    // oxlint-disable-next-line react/exhaustive-deps -- `show` is new each time and reads the view as it then is
  }, [row, shown])
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <section ref={viewRef} className={styles.view} aria-label={label} tabIndex={0} onScroll={onScroll}>
      <ol className={styles.rows} style={{ height: lines.length * rowHeight }}>
        {lines.slice(from, to).map(({ line, index }, at) => (
          <RuleRow
            key={index}
            line={line}
            number={index + 1}
            top={(from + at) * rowHeight}
            words={words}
            mark={markOf(line, marks, shown)}
          />
        ))}
      </ol>
    </section>
  )
}

function markOf(
  { ruleId }: RuleLine,
  marks: ReadonlyMap<string, RuleMark>,
  shown: string | undefined,
): RuleMark | 'shown' | undefined {
  if (ruleId === undefined) return undefined
  return marks.get(ruleId) ?? (ruleId === shown ? 'shown' : undefined)
}

interface RuleRowProps {
  readonly line: RuleLine
  readonly number: number
  readonly top: number
  readonly words: readonly string[]
  readonly mark: RuleMark | 'shown' | undefined
}

function RuleRow({ line, number, top, words, mark }: RuleRowProps) {
  const text = useText()
  return (
    <li
      className={styles.row}
      style={{ top }}
      data-mark={mark}
      title={titleOf(line, mark === undefined ? undefined : text(`dock.rules.mark.${mark}`))}
    >
      <span className={styles.number}>
        {mark !== undefined && <b aria-hidden="true">{SIGNS[mark]} </b>}
        {number}
      </span>
      {mark !== undefined && <span className="visually-hidden">{text(`dock.rules.mark.${mark}`)}: </span>}
      <code>
        {foundPieces(line.text, words).map((piece, index) =>
          piece.found ? <mark key={index}>{piece.text}</mark> : piece.text,
        )}
      </code>
      {line.owner !== undefined && <OwnerBadge owner={line.owner} />}
    </li>
  )
}

const SIGNS = { won: '✓', tried: '✕', shown: '→' } as const

function titleOf({ ruleId }: RuleLine, why: string | undefined): string | undefined {
  return why === undefined ? ruleId : `${ruleId}: ${why}`
}
