import type { AppState } from '../app/app-state.ts'
import { stagedTrace } from '../app/selectors.ts'
import { useApp } from '../app/use-app.ts'
import { usePhrase, useText } from '../i18n/use-text.ts'
import type { Phrase } from '../sim/phrase.ts'
import styles from './Caption.module.css'

const hopShown = (state: AppState) => stagedTrace(state)?.hops[state.step]

/** One plain sentence for the step, for the room to read. The announcer of the page says it to screen readers. */
export function Caption() {
  const text = useText()
  const say = usePhrase()
  const hop = useApp(hopShown)
  if (hop === undefined) return null
  return (
    <p className={styles.caption} data-phase={hop.phase} aria-hidden="true">
      <b>{text('stage.captionHead', { head: asSentence(hop.label, say(hop.label)) })}</b> {say(hop.caption)}
    </p>
  )
}

/** A label as the beginning of a line, but a name letter by letter; what ends it already is left to the full stop. */
function asSentence({ values }: Phrase, label: string): string {
  if (Object.values(values).includes(label)) return label
  return `${label.slice(0, 1).toUpperCase()}${label.slice(1).replace(/[.?!。？！]$/, '')}`
}
