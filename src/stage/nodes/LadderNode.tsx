import type { NodeProps } from '@xyflow/react'
import { memo, useRef } from 'react'
import { usePhrase, useText } from '../../i18n/use-text.ts'
import type { CardFlowNode } from '../flow-nodes.ts'
import { outcomeAt } from '../scene/rows.ts'
import type { Row } from '../scene/scene.ts'
import { useStage } from '../stage-context.ts'
import styles from './LadderNode.module.css'
import { useDrawnRows } from './use-drawn-rows.ts'

/** The search list as a ladder: the shared name once a rung, the suffix that differs under it. */
export const LadderNode = memo(
  function LadderNode({ data: { card } }: NodeProps<CardFlowNode>) {
    const say = usePhrase()
    const { step } = useStage()
    const list = useRef<HTMLOListElement>(null)
    const { content } = card
    const rows = content.kind === 'ladder' ? content.rows : noRows
    useDrawnRows(list, rows, step)
    if (content.kind !== 'ladder') return null
    const shared = sharedName(rows)
    return (
      <section className={styles.ladder} data-tall={content.tall} aria-label={say(content.title)}>
        <h3>{say(content.title)}</h3>
        <ol ref={list}>
          {rows.map((row) => (
            <Rung key={row.id} row={row} shared={shared} />
          ))}
        </ol>
      </section>
    )
  },
  (a, b) => a.data.card === b.data.card,
)

const noRows: readonly Row[] = []

function Rung({ row, shared }: { readonly row: Row; readonly shared: string }) {
  const text = useText()
  const say = usePhrase()
  const { step } = useStage()
  const outcome = outcomeAt(row, step)
  const verdict = outcome?.verdict ?? 'open'
  const name = typeof row.name === 'string' ? row.name : ''
  return (
    <li className={styles.rung} data-verdict={verdict} data-phase="dns">
      <span className={styles.mark}>{row.mark}</span>
      <span className={styles.name}>
        <span>{shared}</span>
        <span className={styles.suffix}>{name.slice(shared.length)}</span>
      </span>
      <span className={styles.why}>{outcome !== undefined && say(outcome.reason)}</span>
      <span className={styles.verdict} aria-hidden={verdict === 'open'}>
        {signs[verdict]}
        {verdict === 'not-tried' && ` ${text('stage.row.notAsked')}`}
      </span>
    </li>
  )
}

const signs = { won: '✓', lost: '✕', 'not-tried': '–', unknown: '?', open: '' } as const

/** What all names begin with: the name as typed. */
function sharedName(rows: readonly Row[]): string {
  const names = rows.map(({ name }) => (typeof name === 'string' ? name : ''))
  const shortest = names.toSorted((a, b) => a.length - b.length)[0]?.replace(/\.$/, '') ?? ''
  return names.every((name) => name.startsWith(shortest)) ? shortest : ''
}
