import { useText } from '../../i18n/use-text.ts'
import { outcomeAt } from '../scene/rows.ts'
import type { Row } from '../scene/scene.ts'
import { useStage } from '../stage-context.ts'
import styles from './MatchRows.module.css'

const known = ['certificates', 'servers', 'locations', 'upstream'] as const

/** What an ingress controller matched: certificate, server, location, upstream, in the order in which nginx takes them. */
export function MatchRows({ rows }: { readonly rows: readonly Row[] }) {
  const text = useText()
  const { step } = useStage()
  return (
    <dl className={styles.match}>
      {rows.map((row) => {
        const kind = known.find((each) => each === row.mark)
        return (
          <div key={row.id} data-known={outcomeAt(row, step) !== undefined}>
            <dt>{kind === undefined ? row.mark : text(`stage.controller.${kind}`)}</dt>
            <dd>{typeof row.name === 'string' && row.name.replace(/^location /, '')}</dd>
          </div>
        )
      })}
    </dl>
  )
}
