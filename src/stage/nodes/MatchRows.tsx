import { useText } from '../../i18n/use-text.ts'
import { shortMiddle } from '../scene/short-name.ts'
import { outcomeAt } from '../scene/rows.ts'
import type { Row } from '../scene/scene.ts'
import { useStage } from '../stage-context.ts'
import styles from './MatchRows.module.css'

const known = [
  'certificates',
  'servers',
  'locations',
  'upstream',
  'listeners',
  'route-rules',
  'filters',
  'backends',
] as const

/** In CSS pixels. */
const letter = 7

/** What an ingress controller or a Gateway's proxy matched, in the order in which it decides. */
export function MatchRows({ rows, width }: { readonly rows: readonly Row[]; readonly width: number }) {
  const text = useText()
  const { step } = useStage()
  return (
    <dl className={styles.match}>
      {rows.map((row) => {
        const kind = known.find((each) => each === row.mark)
        const title = kind === undefined ? row.mark : text(`stage.controller.${kind}`)
        const value = valueOf(row)
        return (
          <div key={row.id} data-known={outcomeAt(row, step) !== undefined}>
            <dt>{title}</dt>
            <dd title={value}>{shortMiddle(value, (width - 36) / letter - title.length)}</dd>
          </div>
        )
      })}
    </dl>
  )
}

/** `location = "/status"` → `= /status`: the row says already that it is a location. */
function valueOf({ name }: Row): string {
  return typeof name === 'string' ? name.replace(/^location /, '').replaceAll('"', '') : ''
}
