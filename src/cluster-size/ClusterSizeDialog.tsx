import type { SizeCosts, SizeRow } from '../app/app-state.ts'
import { useApp } from '../app/use-app.ts'
import { useText } from '../i18n/use-text.ts'
import { Dialog } from '../ui/Dialog.tsx'
import styles from './ClusterSizeDialog.module.css'
import { CostTable } from './CostTable.tsx'

/** How many Services there are, what that costs the packets of the request in the bar, and why. */
export function ClusterSizeDialog() {
  const text = useText()
  const sizes = useApp((state) => state.sizes)
  const close = useApp((state) => state.clusterSizeClosed)
  return (
    <Dialog
      wide
      title={text('size.title')}
      open={sizes !== undefined}
      closeLabel={text('dialog.close')}
      onClose={close}
    >
      {sizes !== undefined && <Body sizes={sizes} />}
    </Dialog>
  )
}

const REASONS = ['first', 'pod', 'later', 'maps', 'measured'] as const

function Body({ sizes }: { readonly sizes: SizeCosts }) {
  const text = useText()
  const chosen = useApp((state) => state.sizeProblems)
  const { request, rows } = sizes
  const problems = new Set([...chosen, ...refusedIn(rows)].map(({ message }) => message))
  return (
    <>
      <p className={styles.lead}>
        {request === undefined
          ? text('size.noRequest')
          : text('size.lead', { method: request.method, url: request.url, from: request.from })}
      </p>
      <CostTable rows={rows} waits={request !== undefined} />
      {[...problems].map((message) => (
        <p key={message} role="alert" className={styles.problem}>
          {text('size.refused', { message })}
        </p>
      ))}
      <ul className={styles.reasons}>
        {REASONS.map((reason) => (
          <li key={reason}>{text(`size.why.${reason}`)}</li>
        ))}
      </ul>
    </>
  )
}

/** Why some of the sizes cannot be had. */
function refusedIn(rows: readonly SizeRow[]) {
  return rows.flatMap(({ costs }) =>
    Object.values(costs).flatMap((cost) => (cost.kind === 'refused' ? cost.diagnostics : [])),
  )
}
