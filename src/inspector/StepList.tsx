import { memo, useEffect, useRef, type KeyboardEvent } from 'react'
import { useApp, useAppStore } from '../app/use-app.ts'
import { usePhrase, useText } from '../i18n/use-text.ts'
import type { Hop } from '../sim/trace/trace.ts'
import { Glyph } from '../ui/Glyph.tsx'
import { Ending } from './Ending.tsx'
import { shortPlace } from './place-label.ts'
import { stepAfterKey } from './step-after-key.ts'
import styles from './StepList.module.css'

/** All steps of the trace, and how it ends; one step is the current one, and the list's only stop for Tab. */
export function StepList() {
  const text = useText()
  const hops = useApp((state) => state.trace?.hops)
  if (hops === undefined) return null
  return (
    <>
      <ol className={styles.steps} aria-label={text('inspector.steps')}>
        {hops.map((hop) => (
          <StepLine key={hop.index} hop={hop} count={hops.length} />
        ))}
      </ol>
      <Ending />
    </>
  )
}

interface StepLineProps {
  readonly hop: Hop
  readonly count: number
}

/** One step. It asks for itself whether it is the current one, so that a step renders two lines and not the list. */
const StepLine = memo(function StepLine({ hop, count }: StepLineProps) {
  const say = usePhrase()
  const store = useAppStore()
  const isCurrent = useApp((state) => state.step === hop.index)
  const line = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    // Nothing moves away from under a pointer that is about to choose.
    const isAimedAt = store.getState().playing && line.current?.closest('ol')?.matches(':hover') === true
    if (isCurrent && !isAimedAt) line.current?.scrollIntoView({ block: 'nearest' })
  }, [isCurrent, store])
  const moved = (event: KeyboardEvent<HTMLButtonElement>) => {
    const to = stepAfterKey(event.key, hop.index, count)
    if (to === undefined) return
    event.preventDefault()
    event.stopPropagation()
    store.getState().stepChosen(to)
    event.currentTarget.closest('ol')?.querySelectorAll('button')[to]?.focus()
  }
  return (
    <li>
      <button
        ref={line}
        type="button"
        className={styles.step}
        data-phase={hop.phase}
        tabIndex={isCurrent ? 0 : -1}
        {...(isCurrent ? { 'aria-current': 'step' } : {})}
        onClick={() => store.getState().stepChosen(hop.index)}
        onKeyDown={moved}
      >
        <Glyph phase={hop.phase} />
        <span className={styles.title} title={say(hop.title)}>
          {say(hop.title)}
        </span>
        <span className={styles.place}>{shortPlace(hop.place)}</span>
      </button>
    </li>
  )
})
