import { useText } from '../i18n/use-text.ts'
import styles from './CompareDialog.module.css'
import { modeDifferences } from './mode-differences.ts'

const MODES = ['iptables', 'nftables', 'ipvs'] as const

/** Where the modes differ, in words, each with its reason. */
export function ModeDifferences() {
  const text = useText()
  return (
    <section aria-labelledby="mode-differences" className={styles.differences}>
      <h3 id="mode-differences">{text('compare.differences')}</h3>
      <ul>
        {modeDifferences.map((id) => (
          <li key={id}>
            <h4>{text(`compare.difference.${id}`)}</h4>
            <dl>
              {MODES.map((mode) => (
                <div key={mode}>
                  <dt>{text(`compare.mode.${mode}`)}</dt>
                  <dd>{text(`compare.difference.${id}.${mode}`)}</dd>
                </div>
              ))}
            </dl>
            <p>{text(`compare.difference.${id}.why`)}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
