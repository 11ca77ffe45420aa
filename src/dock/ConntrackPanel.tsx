import { useMemo } from 'react'
import { currentHop } from '../app/selectors.ts'
import { useApp } from '../app/use-app.ts'
import { useNodeText } from '../app/use-node-text.ts'
import { useText } from '../i18n/use-text.ts'
import { conntrackRows, isSameConnection, type ConntrackRow } from './conntrack-columns.ts'
import styles from './ConntrackPanel.module.css'
import { CopyButton } from '../ui/CopyButton.tsx'
import { NodeTabs } from './NodeTabs.tsx'
import bar from './RulesPanel.module.css'

/** The chosen node's connections, a line each; the one of the current step is marked. */
export function ConntrackPanel() {
  const text = useText()
  const node = useApp((state) => state.dockNode)
  const hop = useApp(currentHop)
  const list = useNodeText('conntrack', node)?.text
  const rows = useMemo(() => conntrackRows(list ?? ''), [list])
  const current = hop?.conntrack?.node === node ? conntrackRows(hop.conntrack.line)[0] : undefined
  return (
    <div className={bar.panel} data-phase={hop?.phase ?? 'nat'}>
      <div className={bar.bar}>
        <NodeTabs />
        <span className={bar.count} />
        <CopyButton text={rows.map((row) => row.text).join('\n')} />
      </div>
      {rows.length === 0 ? (
        <p className={bar.empty}>{text('dock.conntrack.none', { node })}</p>
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        <section className={bar.view} tabIndex={0} aria-label={text('dock.conntrack.label', { node })}>
          <table className={styles.table}>
            <thead>
              <tr>
                {COLUMNS.map((column) => (
                  <th key={column} scope="col">
                    {text(`dock.conntrack.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Connection key={row.text} row={row} isCurrent={isSameConnection(row, current)} />
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  )
}

const COLUMNS = ['protocol', 'timeout', 'state', 'original', 'reply', 'flags'] as const

function Connection({ row, isCurrent }: { readonly row: ConntrackRow; readonly isCurrent: boolean }) {
  return (
    <tr data-current={isCurrent}>
      <td>{row.protocol}</td>
      <td>{row.timeout}</td>
      <td>{row.state}</td>
      <td>{row.original}</td>
      <td>{row.reply}</td>
      <td>{row.flags.join(' ')}</td>
    </tr>
  )
}
