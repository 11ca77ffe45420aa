import { useApp } from '../app/use-app.ts'
import { useText } from '../i18n/use-text.ts'
import type { Basis, Phase } from '../sim/trace/trace.ts'
import { BasisBadge } from '../ui/BasisBadge.tsx'
import { Glyph } from '../ui/Glyph.tsx'
import styles from './BeforeSend.module.css'
import { Section } from './Section.tsx'

/** Before the first Send: what pressing it will show, and how to read it. */
export function BeforeSend() {
  const text = useText()
  const from = useApp((state) => state.request.from)
  const url = useApp((state) => state.request.url)
  return (
    <>
      <div className={styles.lead}>
        <h2>{text('inspector.rest.title')}</h2>
        <p>{text('inspector.rest.text', { from, url })}</p>
      </div>
      <Section title={text('inspector.rest.first')}>
        <ol className={styles.answers}>
          {ANSWERS.map((answer) => (
            <li key={answer}>{text(answer)}</li>
          ))}
        </ol>
      </Section>
      <Section title={text('inspector.rest.colours')}>
        <ul className={styles.phases}>
          {PHASES.map((phase) => (
            <li key={phase}>
              <Glyph phase={phase} /> {text(`inspector.phase.${phase}`)}
            </li>
          ))}
        </ul>
      </Section>
      <Section title={text('inspector.rest.basis')}>
        <ul className={styles.bases}>
          {BASES.map((basis) => (
            <li key={basis}>
              <BasisBadge basis={basis} /> <span>{text(`basis.${basis}.meaning`)}</span>
            </li>
          ))}
        </ul>
      </Section>
      <p className={styles.select}>{text('inspector.rest.select')}</p>
    </>
  )
}

const ANSWERS = [
  'inspector.rest.header',
  'inspector.rest.decision',
  'inspector.rest.rule',
  'inspector.rest.because',
] as const
const PHASES: readonly Phase[] = ['dns', 'nat', 'edge', 'pod', 'reply', 'drop']
const BASES: readonly Basis[] = ['computed', 'imported', 'assumed', 'not-modelled']
