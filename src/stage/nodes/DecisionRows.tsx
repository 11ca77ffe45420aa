import { useRef } from 'react'
import { usePhrase, useText } from '../../i18n/use-text.ts'
import { shortChain } from '../scene/short-name.ts'
import { outcomeAt } from '../scene/rows.ts'
import type { Outcome, Row } from '../scene/scene.ts'
import { useStage } from '../stage-context.ts'
import styles from './DecisionRows.module.css'
import { useDrawnRows } from './use-drawn-rows.ts'

interface DecisionRowsProps {
  readonly rows: readonly Row[]
  /** The card's, in CSS pixels. */
  readonly width: number
}

/** The candidates of a decision in the order tried: number, `p`, draw, verdict. The clock draws them one by one. */
export function DecisionRows({ rows, width }: DecisionRowsProps) {
  const { step } = useStage()
  const list = useRef<HTMLOListElement>(null)
  useDrawnRows(list, rows, step)
  return (
    <ol ref={list} className={styles.rows}>
      {rows.map((row) => (
        <DecisionRow key={row.id} row={row} width={width} outcome={outcomeAt(row, step)} />
      ))}
    </ol>
  )
}

interface DecisionRowProps {
  readonly row: Row
  readonly width: number
  readonly outcome: Outcome | undefined
}

function DecisionRow({ row, width, outcome }: DecisionRowProps) {
  const text = useText()
  const say = usePhrase()
  const hasDraw = row.probability !== undefined || row.always === true
  const isNarrow = width < narrowBelow
  const name = isMasquerade(row)
    ? text(isNarrow ? 'stage.row.mark.short' : 'stage.row.mark')
    : typeof row.name === 'string'
      ? row.name
      : say(row.name)
  // The masquerade check stands among the endpoints' rows, in their columns.
  const isNumbered = row.mark !== '·' || isMasquerade(row)
  if (row.folded !== undefined)
    return <li className={styles.row}>{text('stage.moreRows', { count: row.folded })}</li>
  return (
    <li
      className={styles.row}
      data-verdict={outcome?.verdict ?? 'open'}
      data-phase={outcome?.phase}
      data-kind={hasDraw ? 'draw' : isNumbered ? 'said' : 'alone'}
    >
      {isNumbered && <span className={styles.mark}>{row.mark}</span>}
      {hasDraw ? (
        <Chance row={row} outcome={outcome} isNarrow={isNarrow} />
      ) : (
        <span className={styles.said}>{name}</span>
      )}
      <Verdict row={row} outcome={outcome} room={(width - 58) / letter - name.length} />
    </li>
  )
}

/** The rule's own probability as figure and as bar; the tick is what was drawn. */
function Chance({
  row,
  outcome,
  isNarrow,
}: Omit<DecisionRowProps, 'width'> & { readonly isNarrow: boolean }) {
  const text = useText()
  if (row.probability === undefined)
    return (
      <>
        <span className={styles.chance}>{text('stage.row.always')}</span>
        <span className={styles.rest}>
          {outcome?.verdict === 'won' && !isNarrow && text('stage.row.takesTheRest')}
        </span>
      </>
    )
  return (
    <>
      <span className={styles.chance}>p {row.probability.toFixed(2)}</span>
      <span className={styles.bar} aria-hidden="true">
        <i style={{ width: `${row.probability * 100}%` }} />
        {outcome?.drawn !== undefined && <u style={{ left: `${outcome.drawn * 100}%` }} />}
      </span>
    </>
  )
}

interface VerdictProps {
  readonly row: Row
  readonly outcome: Outcome | undefined
  /** Letters beside the row's name. */
  readonly room: number
}

function Verdict({ row, outcome, room }: VerdictProps) {
  const text = useText()
  const reason = useVerdictWords(row, outcome)
  const verdict = outcome?.verdict
  if (verdict !== 'won' && verdict !== 'lost')
    return (
      <span className={styles.verdict}>
        {verdict !== undefined && <span aria-hidden="true">{signs[verdict]} </span>}
        {reason}
      </span>
    )
  return (
    <span className={styles.verdict} title={reason}>
      <span aria-hidden="true">{`${signs[verdict]} ${shortChain(reason, room)}`}</span>
      <span className="visually-hidden">{text(`stage.row.${verdict}`, { reason })}</span>
    </span>
  )
}

function useVerdictWords(row: Row, outcome: Outcome | undefined): string {
  const text = useText()
  const say = usePhrase()
  if (outcome === undefined) return row.share === undefined ? '' : percent(row.share)
  if (isMasquerade(row)) return text(outcome.verdict === 'won' ? 'stage.row.marked' : 'stage.row.unmarked')
  if (outcome.ending !== undefined) return text(`stage.verdict.${outcome.ending}`)
  if (outcome.drawn !== undefined && row.probability !== undefined)
    return `${outcome.drawn.toFixed(2)} ${outcome.drawn < row.probability ? '<' : '≥'} ${row.probability.toFixed(2)}`
  if (row.always === true && outcome.verdict === 'won') return text('stage.row.jump')
  if (outcome.verdict === 'not-tried') return text('stage.row.notTried')
  return outcome.verdict === 'unknown' ? text('stage.row.notModelled') : say(outcome.reason)
}

/** Narrower cards say the same in fewer words. */
const narrowBelow = 236
/** In CSS pixels, of a row's name and of its verdict. */
const letter = 7
/** kube-proxy's chains that mark packets for SNAT (pkg/proxy/iptables/proxier.go, kubeMarkMasqChain; nftables/proxier.go, markMasqChain). */
const masquerade: readonly Row['name'][] = ['KUBE-MARK-MASQ', 'mark-for-masquerade']
const signs = { won: '✓', lost: '✕', 'not-tried': '–', unknown: '?' } as const

function isMasquerade({ name }: Row): boolean {
  return masquerade.includes(name)
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`
}
