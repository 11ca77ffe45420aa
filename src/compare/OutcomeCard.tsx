import { useId, type ReactNode } from 'react'
import type { Comparison } from '../app/app-state.ts'
import { useApp, useAppStore } from '../app/use-app.ts'
import { usePhrase, useText } from '../i18n/use-text.ts'
import { BasisBadge } from '../ui/BasisBadge.tsx'
import { Button } from '../ui/Button.tsx'
import { endingOf } from '../ui/ending-of.ts'
import styles from './CompareDialog.module.css'

type Outcome = Extract<NonNullable<Comparison['answer']>, { kind: 'compared' }>['outcomes'][number]

/** One mode's outcome, and the way into its trace. */
export function OutcomeCard({ outcome }: { readonly outcome: Outcome }) {
  const text = useText()
  const say = usePhrase()
  const store = useAppStore()
  const inForce = useApp((state) => state.snapshot.proxyMode === outcome.mode)
  const id = useId()
  const { verdict, end, decided, firstPacket, seenFrom, prints } = outcome
  const { tone, sign } = endingOf(verdict)
  return (
    <article className={styles.outcome} aria-labelledby={id} data-mode={outcome.mode}>
      <header>
        <h3 id={id}>{text(`compare.mode.${outcome.mode}`)}</h3>
        {inForce && <span className={styles.inForce}>{text('compare.inForce')}</span>}
      </header>
      <p className={styles.verdict} data-tone={tone}>
        <span aria-hidden="true">{sign}</span> <b>{say(verdict.phrase)}</b>
      </p>
      <dl>
        <Fact name={text(verdict.kind === 'answered' ? 'compare.answeredBy' : 'compare.endedBy')}>
          {end === undefined ? (
            text('compare.nobody')
          ) : (
            <>
              <code>{end.host}</code> {say(end.title)}
            </>
          )}
        </Fact>
        <Fact name={text('compare.decidedBy')}>
          {decided === undefined ? (
            text('compare.nothing')
          ) : (
            <>
              {say(decided.title)} <Place host={decided.host} hook={decided.hook} />{' '}
              <BasisBadge basis={decided.basis} />
              <code className={styles.rule} data-none={decided.rule === undefined}>
                {decided.rule ?? text('compare.noRule')}
              </code>
            </>
          )}
        </Fact>
        <Fact name={text('compare.rulesTried')}>
          {firstPacket === undefined
            ? '–'
            : text('compare.rulesTried.of', { count: firstPacket.rulesTried, says: firstPacket.says })}
        </Fact>
        <Fact name={text('compare.seenFrom')}>
          {seenFrom === undefined ? text('compare.seenFrom.nobody') : <code>{seenFrom}</code>}
        </Fact>
        <Fact name={text('compare.prints')}>
          {prints === undefined ? (
            text('compare.prints.none')
          ) : (
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
            <pre className={styles.prints} tabIndex={0} aria-label={text('compare.prints')}>
              {prints.trimEnd()}
            </pre>
          )}
        </Fact>
      </dl>
      <Button onClick={() => void store.getState().outcomePlayed(outcome.mode)}>
        {text('compare.play', { mode: text(`compare.mode.${outcome.mode}`) })}
      </Button>
    </article>
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

function Place({ host, hook }: { readonly host: string; readonly hook: string | undefined }) {
  return (
    <span className={styles.place}>
      {host}
      {hook !== undefined && ` · ${hook}`}
    </span>
  )
}
