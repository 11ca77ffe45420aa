import { useId } from 'react'
import type { SizeRow } from '../app/app-state.ts'
import { useApp } from '../app/use-app.ts'
import { useText } from '../i18n/use-text.ts'
import type { ServicesCost } from '../sim/services-cost.ts'
import type { PacketCost } from '../sim/trace/trace.ts'
import styles from './ClusterSizeDialog.module.css'

interface CostTableProps {
  readonly rows: readonly SizeRow[]
  /** Figures that are not there are on their way. */
  readonly waits: boolean
}

/** The packets whose cost is shown, column by column: those of nat's list, those behind them, and those of maps and virtual servers. */
const COLUMNS = [
  { id: 'iptables-first', mode: 'iptables', packet: 'first' },
  { id: 'iptables-later', mode: 'iptables', packet: 'later' },
  { id: 'nftables-first', mode: 'nftables', packet: 'first' },
  { id: 'ipvs-first', mode: 'ipvs', packet: 'first' },
] as const

/** A row a size of the cluster, to choose from; a bar shows each figure against the largest of all. */
export function CostTable({ rows, waits }: CostTableProps) {
  const text = useText()
  const group = useId()
  const most = Math.max(
    1,
    ...rows.flatMap((row) => COLUMNS.map((column) => costOf(row, column)?.rulesTried ?? 0)),
  )
  return (
    <table className={styles.costs}>
      <thead>
        <tr>
          <th scope="col">{text('size.services')}</th>
          {COLUMNS.map(({ id }) => (
            <th key={id} scope="col">
              {text(`size.column.${id}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={row.services}>
            <th scope="row">
              <SizeChoice group={group} services={row.services} isOwn={index === 0} />
            </th>
            {COLUMNS.map((column) => (
              <td key={column.id} data-column={column.id}>
                <Cost
                  cost={costOf(row, column)}
                  most={most}
                  waits={waits && row.costs[column.mode] === undefined}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface SizeChoiceProps {
  /** The name of the radio buttons' group. */
  readonly group: string
  readonly services: number
  /** What the files say, with nothing added. */
  readonly isOwn: boolean
}

function SizeChoice({ group, services, isOwn }: SizeChoiceProps) {
  const text = useText()
  const now = useApp((state) => state.sizes?.services)
  const choose = useApp((state) => state.servicesChosen)
  return (
    <label className={styles.choice}>
      <input type="radio" name={group} checked={services === now} onChange={() => void choose(services)} />
      <span>
        {text('size.count', { count: services })}
        {isOwn && <span className={styles.asWritten}>{text('size.own')}</span>}
      </span>
    </label>
  )
}

interface CostProps {
  readonly cost: PacketCost | undefined
  readonly most: number
  readonly waits: boolean
}

function Cost({ cost, most, waits }: CostProps) {
  const text = useText()
  if (cost === undefined) return waits ? <span aria-busy="true">…</span> : '–'
  const { rulesTried: count, byHost } = cost
  return (
    <>
      <span className={styles.figure}>{text('size.rules', { count })}</span>
      <span className={styles.bar} style={{ inlineSize: `${(count / most) * 100}%` }} />
      <span className={styles.hosts}>
        {Object.entries(byHost)
          .map(([host, tried]) => text('size.host', { host, count: tried }))
          .join(' · ')}
      </span>
    </>
  )
}

function costOf(row: SizeRow, { mode, packet }: (typeof COLUMNS)[number]): PacketCost | undefined {
  const cost: ServicesCost | undefined = row.costs[mode]
  return cost?.kind === 'sent' ? cost[packet] : undefined
}
