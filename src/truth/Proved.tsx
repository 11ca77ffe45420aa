import { useText } from '../i18n/use-text.ts'
import { kernelAreas, proved } from './proved.ts'
import styles from './TruthDialog.module.css'

/** The figures of the last proof, as its script wrote them. */
export function Proved() {
  const text = useText()
  const { golden, kernel, nginx, resolvers } = proved
  const rows = [
    ...golden.map(({ area, version, passed, of }) => ({
      name: [text('truth.proved.golden', { area }), ...(version === undefined ? [] : [`(${version})`])].join(
        ' ',
      ),
      passed,
      of,
    })),
    ...kernelAreas().map(({ area, passed, of }) => ({
      name: text('truth.proved.kernel', { area: text(`truth.kernel.${area}`) }),
      passed,
      of,
    })),
    {
      name: text('truth.proved.nginx', { version: nginx?.version ?? '', sets: nginx?.sets ?? 0 }),
      passed: (nginx?.asked ?? 0) - (nginx?.differences ?? 0),
      of: nginx?.asked ?? 0,
    },
    ...(resolvers?.programs ?? []).map(({ program, passed, of }) => ({
      name: text('truth.proved.resolver', { program }),
      passed,
      of,
    })),
  ]
  return (
    <section aria-labelledby="truth-proved">
      <h3 id="truth-proved">{text('truth.proved')}</h3>
      <p className={styles.lead}>
        {text('truth.proved.lead', { date: proved.date })} {text('truth.proved.failed')}
      </p>
      <table className={styles.proved}>
        <tbody>
          {rows.map(({ name, passed, of }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td data-whole={passed === of}>
                {of === 0 ? text('truth.proved.none') : text('truth.proved.of', { passed, of })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {kernel.clusters > 0 && (
        <p className={styles.lead}>
          {text('truth.proved.random', {
            clusters: kernel.clusters,
            flows: kernel.flowsEach,
            kernel: kernel.kernel,
            iptables: kernel.iptables,
            nft: kernel.nft,
          })}
        </p>
      )}
      {resolvers !== undefined && (
        <p className={styles.lead}>
          {text('truth.proved.resolvers', {
            seeds: resolvers.seeds,
            versions: resolvers.versions.join(', '),
          })}
        </p>
      )}
    </section>
  )
}
