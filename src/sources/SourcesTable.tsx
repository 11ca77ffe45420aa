import type { SourcesTable as Table } from '../app/app-state.ts'
import { usePhrase, useText } from '../i18n/use-text.ts'
import type { SourceCell, SourceQuestion } from '../sim/source-cells/source-cell.ts'
import {
  policyFieldOf,
  sourceKey,
  sourceVantages,
  trafficPolicies,
  type PolicyField,
  type SourceVantage,
} from '../sim/source-cells/source-vantages.ts'
import { lookOf, type SentCell } from './cell-look.ts'
import { runsOf, type CellRun } from './row-runs.ts'
import styles from './SourcesDialog.module.css'

/** What is in sight where there is room for one column alone. */
export type ShownSlice = Pick<SourceQuestion, 'mode' | 'policy'>

interface SourcesTableProps {
  readonly table: Table
  readonly shown: ShownSlice
  readonly at: string | undefined
  readonly onChoose: (key: string) => void
}

const FIELDS = ['internalTrafficPolicy', 'externalTrafficPolicy'] as const
const MODES = ['iptables', 'nftables', 'ipvs'] as const

/** A row a vantage; those of the ClusterIP heed one policy, those from outside the other. */
export function SourcesTable(props: SourcesTableProps) {
  const text = useText()
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">{text('sources.title')}</caption>
      {FIELDS.map((field) => (
        <Group key={field} field={field} {...props} />
      ))}
    </table>
  )
}

function Group({ field, ...rest }: SourcesTableProps & { readonly field: PolicyField }) {
  const text = useText()
  return (
    <tbody>
      <tr className={styles.policies}>
        <th scope="col" rowSpan={2}>
          {text(`sources.group.${field}`)} <code>{field}</code>
        </th>
        {trafficPolicies.map((policy) => (
          <th key={policy} scope="colgroup" colSpan={MODES.length}>
            {policy}
          </th>
        ))}
      </tr>
      <tr className={styles.modes}>
        {trafficPolicies.flatMap((policy) =>
          MODES.map((mode) => (
            <th key={`${policy} ${mode}`} scope="col">
              {text(`compare.mode.${mode}`)}
            </th>
          )),
        )}
      </tr>
      {sourceVantages
        .filter((vantage) => policyFieldOf(vantage) === field)
        .map((vantage) => (
          <Row key={vantage} vantage={vantage} {...rest} />
        ))}
    </tbody>
  )
}

function Row({
  vantage,
  table,
  shown,
  at,
  onChoose,
}: SourcesTableProps & { readonly vantage: SourceVantage }) {
  const text = useText()
  const questions = table.questions.filter((question) => question.vantage === vantage)
  const isShown = ({ mode, policy }: SourceQuestion) => mode === shown.mode && policy === shown.policy
  return (
    <tr>
      <th scope="row">{text(`sources.vantage.${vantage}`)}</th>
      {runsOf(questions, table.cells).map((run) => (
        <td
          key={sourceKey(run.questions[0])}
          colSpan={run.questions.length}
          data-shown={run.questions.some(isShown)}
        >
          <RunContent run={run} at={at} onChoose={onChoose} />
        </td>
      ))}
    </tr>
  )
}

interface RunContentProps {
  readonly run: CellRun
  readonly at: string | undefined
  readonly onChoose: (key: string) => void
}

function RunContent({ run: { questions, cell }, at, onChoose }: RunContentProps) {
  const say = usePhrase()
  if (cell === undefined) return <span aria-busy="true">…</span>
  if (cell.kind === 'none') return <span className={styles.none}>– {say(cell.reason)}</span>
  const [question] = questions
  const key = sourceKey(question)
  return <CellButton question={question} cell={cell} isChosen={key === at} onChoose={() => onChoose(key)} />
}

interface CellButtonProps {
  readonly question: SourceQuestion
  readonly cell: SentCell
  readonly isChosen: boolean
  readonly onChoose: () => void
}

function CellButton({ question, cell, isChosen, onChoose }: CellButtonProps) {
  const text = useText()
  const { word, tone, sign } = lookOf(cell)
  const { seen, controllerSaw, forwardedFor } = cell
  const says = text(`sources.look.${word}`, { status: statusOf(cell) })
  const { vantage, policy, mode } = question
  const label = text('sources.cell', {
    vantage: text(`sources.vantage.${vantage}`),
    policy,
    mode: text(`compare.mode.${mode}`),
    says,
    seen: seen === undefined ? '' : `${seen.address}:${seen.port}`,
  })
  return (
    <button
      type="button"
      className={styles.cell}
      data-tone={tone}
      aria-pressed={isChosen}
      aria-label={label}
      onClick={onChoose}
    >
      <span className={styles.word}>
        <span aria-hidden="true">{sign}</span> {says}
      </span>
      {seen !== undefined && (
        <code>
          {seen.address}
          <span className={styles.port}>:{seen.port}</span>
        </code>
      )}
      {seen !== undefined && <span className={styles.who}>{seen.name}</span>}
      {controllerSaw !== undefined && forwardedFor !== undefined && (
        <span className={styles.who}>{text('sources.forwarded', { address: forwardedFor })}</span>
      )}
    </button>
  )
}

function statusOf({ verdict }: Extract<SourceCell, { kind: 'sent' }>): number {
  return verdict.status ?? 0
}
