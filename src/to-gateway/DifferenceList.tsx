import { useAppStore } from '../app/use-app.ts'
import { useText } from '../i18n/use-text.ts'
import type { ConversionDifference } from '../sim/gateway/from-ingress.ts'
import type { ProbeAnswer } from '../sim/gateway/probe-answers.ts'
import { answerText, pathOfUrl } from './answer-text.ts'
import styles from './RoutesDialog.module.css'

const KINDS = ['differs', 'not-converted', 'written-out'] as const

/** What will answer differently, first what the manifests shown do not keep. */
export function DifferenceList({ differences }: { readonly differences: readonly ConversionDifference[] }) {
  const text = useText()
  if (differences.length === 0) return <p className={styles.note}>{text('routes.same')}</p>
  return KINDS.map((kind) => {
    const own = differences.filter((each) => each.kind === kind)
    return (
      own.length > 0 && (
        <div key={kind} className={styles.group} data-kind={kind}>
          <h4>{text(`routes.kind.${kind}`)}</h4>
          <ul>
            {own.map((each) => (
              <Difference key={`${each.topic} ${each.ingress.name} ${each.about}`} difference={each} />
            ))}
          </ul>
        </div>
      )
    )
  })
}

function Difference({ difference }: { readonly difference: ConversionDifference }) {
  const text = useText()
  const { topic, about, ingress, example, kind } = difference
  return (
    <li>
      <p>
        {text(`routes.topic.${topic}`, { about, ingress: ingress.name })} <Lines difference={difference} />
      </p>
      {example !== undefined && (
        <dl className={styles.example}>
          <dt>{text('routes.example')}</dt>
          <dd>
            <code>{example.url}</code>
          </dd>
          <dt>{text('routes.byIngress')}</dt>
          <dd>
            <Answer answer={example.ingress} url={example.url} />
          </dd>
          <dt>{text(kind === 'written-out' ? 'routes.byPlain' : 'routes.byGateway')}</dt>
          <dd>
            <Answer answer={example.gateway} url={example.url} />
          </dd>
        </dl>
      )}
    </li>
  )
}

function Answer({ answer, url }: { readonly answer: ProbeAnswer; readonly url: string }) {
  const text = useText()
  const said = answerText(answer, pathOfUrl(url))
  if (said !== undefined) return <code>{said}</code>
  return answer.kind === 'none' ? text(`routes.answer.${answer.why}`) : null
}

/** The Ingress's own line, which the editor shows. */
function Lines({ difference }: { readonly difference: ConversionDifference }) {
  const store = useAppStore()
  const [because] = difference.because
  const { file, range } = because ?? {}
  if (because === undefined || file === undefined) return null
  return (
    <button
      type="button"
      className={styles.line}
      onClick={() => {
        store.getState().routesClosed()
        store.getState().because(because)
      }}
    >
      {file}
      {range === undefined ? '' : `:${range.line}`}
    </button>
  )
}
