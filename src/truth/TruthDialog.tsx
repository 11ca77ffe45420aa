import { useEffect, useRef, useState } from 'react'
import { useApp } from '../app/use-app.ts'
import { useText } from '../i18n/use-text.ts'
import { knownDifferences, differenceIds, type DifferenceId } from '../sim/known-differences.ts'
import type { Basis } from '../sim/trace/trace.ts'
import { BasisBadge } from '../ui/BasisBadge.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Proved } from './Proved.tsx'
import { shownDifferences } from './shown-differences.ts'
import styles from './TruthDialog.module.css'

const BASES: readonly Basis[] = ['computed', 'imported', 'assumed', 'not-modelled']

/** How a step is known, what was proved, and what the real thing does otherwise. Opened at one difference it stands there. */
export function TruthDialog() {
  const text = useText()
  const at = useApp((state) => state.truthAt)
  const close = useApp((state) => state.truthClosed)
  return (
    <Dialog
      wide
      title={text('truth.title')}
      open={at !== undefined}
      closeLabel={text('dialog.close')}
      onClose={close}
    >
      <p className={styles.lead}>{text('truth.lead')}</p>
      <dl className={styles.bases}>
        {BASES.map((basis) => (
          <div key={basis}>
            <dt>
              <BasisBadge basis={basis} />
            </dt>
            <dd>{text(`basis.${basis}.meaning`)}</dd>
          </div>
        ))}
      </dl>
      <Proved />
      <Differences at={at === 'head' ? undefined : at} />
    </Dialog>
  )
}

function Differences({ at }: { readonly at: DifferenceId | undefined }) {
  const text = useText()
  const [filter, setFilter] = useState('')
  const areas = shownDifferences(filter, (id) =>
    [
      text(`difference.${id}.title`),
      text(`difference.${id}.real`),
      text(`difference.${id}.here`),
      text(`truth.area.${knownDifferences[id].area}`),
      knownDifferences[id].source,
    ].join(' '),
  )
  const shown = areas.reduce((sum, { ids }) => sum + ids.length, 0)
  return (
    <section aria-labelledby="truth-differences" className={styles.differences}>
      <div className={styles.bar}>
        <h3 id="truth-differences">{text('truth.differences')}</h3>
        <input
          type="search"
          className={styles.filter}
          value={filter}
          spellCheck={false}
          autoComplete="off"
          aria-label={text('truth.filter')}
          placeholder={text('truth.filter.placeholder')}
          onChange={(event) => setFilter(event.target.value)}
        />
        <output>{text('truth.differences.count', { shown, total: differenceIds.length })}</output>
      </div>
      {shown === 0 && <p className={styles.lead}>{text('truth.none', { filter })}</p>}
      {areas.map(({ area, ids }) => (
        <section key={area}>
          <h4>{text(`truth.area.${area}`)}</h4>
          {ids.map((id) => (
            <Difference key={id} id={id} isAsked={id === at} />
          ))}
        </section>
      ))}
    </section>
  )
}

interface DifferenceProps {
  readonly id: DifferenceId
  /** The one at which the page was opened. */
  readonly isAsked: boolean
}

function Difference({ id, isAsked }: DifferenceProps) {
  const text = useText()
  const element = useRef<HTMLElement>(null)
  useEffect(() => {
    if (isAsked) element.current?.focus()
  }, [isAsked])
  const { kind, source } = knownDifferences[id]
  return (
    <article ref={element} className={styles.difference} tabIndex={-1} data-asked={isAsked}>
      <h5>
        {text(`difference.${id}.title`)} <small>{text(`truth.kind.${kind}`)}</small>
      </h5>
      <dl>
        <dt>{text('truth.real')}</dt>
        <dd>{text(`difference.${id}.real`)}</dd>
        <dt>{text('truth.here')}</dt>
        <dd>{text(`difference.${id}.here`)}</dd>
        <dt>{text('truth.source')}</dt>
        <dd className={styles.source}>{source}</dd>
      </dl>
    </article>
  )
}
