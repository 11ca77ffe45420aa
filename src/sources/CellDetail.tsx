import type { ReactNode } from 'react'
import { useAppStore } from '../app/use-app.ts'
import { usePhrase, useText } from '../i18n/use-text.ts'
import type { SourceCell, SourceQuestion } from '../sim/source-cells/source-cell.ts'
import { policyFieldOf } from '../sim/source-cells/source-vantages.ts'
import { BasisBadge } from '../ui/BasisBadge.tsx'
import { Button } from '../ui/Button.tsx'
import { lookOf, type SentCell } from './cell-look.ts'
import styles from './SourcesDialog.module.css'

interface CellDetailProps {
  readonly question: SourceQuestion
  readonly cell: SourceCell | undefined
}

/** The cell in full: the request, whom the Pod saw, the rule that made it so, and the way to its trace. */
export function CellDetail({ question, cell }: CellDetailProps) {
  const text = useText()
  const say = usePhrase()
  const { vantage, policy, mode } = question
  return (
    <section className={styles.detail} aria-label={text('sources.detail')} aria-live="polite">
      <h3>
        {text(`sources.vantage.${vantage}`)} · <code>{`${policyFieldOf(vantage)}: ${policy}`}</code> ·{' '}
        {text(`compare.mode.${mode}`)}
      </h3>
      {cell === undefined && <p>…</p>}
      {cell?.kind === 'none' && <p>{say(cell.reason)}</p>}
      {cell?.kind === 'sent' && <Sent question={question} cell={cell} />}
    </section>
  )
}

function Sent({ question, cell }: { readonly question: SourceQuestion; readonly cell: SentCell }) {
  const text = useText()
  const say = usePhrase()
  const store = useAppStore()
  const { request, verdict, seen, endpoint, controllerSaw, forwardedFor, policyOf } = cell
  const { tone, sign } = lookOf(cell)
  return (
    <>
      <Button
        look="filled"
        className={styles.play ?? ''}
        onClick={() => void store.getState().sourcePlayed(question)}
      >
        {text('sources.play')}
      </Button>
      <dl>
        <Fact name={text('sources.request')}>
          <code>{request.from}</code> <code>{request.url}</code>
          {request.headers.map(([name, value]) => (
            <code key={name}>{` ${name}: ${value}`}</code>
          ))}{' '}
          <b data-tone={tone}>
            {sign} {say(verdict.phrase)}
          </b>
        </Fact>
        <Fact name={text('sources.seen')}>
          {seen === undefined ? (
            text('sources.seen.nobody')
          ) : (
            <>
              <code>{`${seen.address}:${seen.port}`}</code> {seen.name}
              {endpoint !== undefined && (
                <span className={styles.at}>
                  {text('sources.seen.by', { pod: endpoint.pod.name, node: endpoint.node })}
                </span>
              )}
            </>
          )}
        </Fact>
        {controllerSaw !== undefined && (
          <Fact name={text('sources.controller')}>
            <code>{`${controllerSaw.address}:${controllerSaw.port}`}</code> {controllerSaw.name}
            {forwardedFor !== undefined && <code> X-Forwarded-For: {forwardedFor}</code>}
            {policyOf !== undefined && (
              <span className={styles.at}>
                {text('sources.controller.policy', { service: `${policyOf.namespace}/${policyOf.name}` })}
              </span>
            )}
          </Fact>
        )}
        <Fact name={text('sources.decided')}>
          <Decision decided={cell.decided} />
        </Fact>
      </dl>
    </>
  )
}

function Decision({ decided }: { readonly decided: SentCell['decided'] }) {
  const text = useText()
  const say = usePhrase()
  switch (decided?.kind) {
    case undefined:
      return text('sources.decided.nothing')
    case 'masqueraded':
      return (
        <>
          <BasisBadge basis={decided.basis} />
          {decided.marked !== undefined && <Rule {...decided.marked}>{text('sources.decided.marked')}</Rule>}
          <Rule {...decided.by}>{text('sources.decided.by')}</Rule>
        </>
      )
    case 'kept':
      return (
        <>
          {text(decided.tried.length === 0 ? 'sources.decided.noneMet' : 'sources.decided.kept')}
          {decided.tried.map((tried) => (
            <Rule key={tried.text} {...tried}>
              {say(tried.reason)}
            </Rule>
          ))}
        </>
      )
    case 'ended':
      return (
        <>
          {say(decided.title)} <BasisBadge basis={decided.basis} />
          {decided.rule !== undefined && <Rule host={decided.host} text={decided.rule} />}
        </>
      )
  }
}

interface RuleProps {
  readonly host: string
  readonly text: string
  /** What it did, or why it did not. */
  readonly children?: ReactNode
}

function Rule({ host, text, children }: RuleProps) {
  return (
    <span className={styles.rule}>
      <code>{text}</code>
      <span>
        {host}
        {children !== undefined && <> · {children}</>}
      </span>
    </span>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
