import type { NodeProps } from '@xyflow/react'
import { memo, useRef } from 'react'
import type { AppState } from '../../app/app-state.ts'
import { useApp } from '../../app/use-app.ts'
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
    const asked = useApp(nameAsked)
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
            <Rung key={row.id} row={row} shared={shared} isAsked={row.name === asked} />
          ))}
        </ol>
      </section>
    )
  },
  (a, b) => a.data.card === b.data.card,
)

/** The name of the last question sent, up to the step shown. */
function nameAsked({ trace, step }: AppState): string | undefined {
  const message = trace?.hops.findLast((hop) => hop.index <= step && hop.message?.kind === 'dns')?.message
  return message?.kind === 'dns' ? message.message.question.name : undefined
}

const noRows: readonly Row[] = []

function Rung({
  row,
  shared,
  isAsked,
}: {
  readonly row: Row
  readonly shared: string
  readonly isAsked: boolean
}) {
  const text = useText()
  const say = usePhrase()
  const { step } = useStage()
  const outcome = outcomeAt(row, step)
  const known = outcome?.verdict ?? 'open'
  const verdict = isAsked && known === 'not-tried' ? 'asking' : known
  const name = typeof row.name === 'string' ? row.name : ''
  // The final dot of the name as typed is no domain of the list.
  const stem = name === `${shared}.` ? name : shared
  return (
    <li className={styles.rung} data-verdict={verdict} data-phase="dns">
      <span className={styles.mark}>{row.mark}</span>
      <span className={styles.name}>
        <span>{stem}</span>
        <span className={styles.suffix}>{name.slice(stem.length)}</span>
      </span>
      <span className={styles.why}>
        {outcome !== undefined && verdict !== 'asking' && say(outcome.reason)}
      </span>
      <span className={styles.verdict} aria-hidden={verdict === 'open'}>
        {signs[verdict]}
        {verdict === 'not-tried' && ` ${text('stage.row.notAsked')}`}
        {verdict === 'asking' && text('stage.row.asking')}
      </span>
    </li>
  )
}

const signs = { won: '✓', lost: '✕', 'not-tried': '–', unknown: '?', asking: '', open: '' } as const

/** What all names begin with: the name as typed. */
function sharedName(rows: readonly Row[]): string {
  const names = rows.map(({ name }) => (typeof name === 'string' ? name : ''))
  const shortest = names.toSorted((a, b) => a.length - b.length)[0]?.replace(/\.$/, '') ?? ''
  return names.every((name) => name.startsWith(shortest)) ? shortest : ''
}
