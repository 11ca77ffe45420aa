import { useApp } from '../app/use-app.ts'
import { usePhrase, useText } from '../i18n/use-text.ts'
import type { Hop } from '../sim/trace/trace.ts'
import { BasisBadge } from '../ui/BasisBadge.tsx'
import { BecauseLinks } from './BecauseLinks.tsx'
import { DnsMessageView } from './DnsMessageView.tsx'
import { EvidenceSection } from './EvidenceSection.tsx'
import { GlossaryText } from './GlossaryText.tsx'
import { HeaderFields } from './HeaderFields.tsx'
import { HttpMessageView } from './HttpMessageView.tsx'
import { MarkedText } from './MarkedText.tsx'
import { placeLabel } from './place-label.ts'
import { Section } from './Section.tsx'
import styles from './StepView.module.css'

interface StepViewProps {
  readonly hop: Hop
  /** How many steps the trace has. */
  readonly total: number
}

/** One step, answers in order: where, the header, what decided, by which text, because of which lines. */
export function StepView({ hop, total }: StepViewProps) {
  const text = useText()
  const say = usePhrase()
  const isStale = useApp((state) => state.traceIsStale)
  const place = text('inspector.place', { step: hop.index + 1, total, place: placeLabel(hop.place) })
  return (
    <div className={styles.step} data-phase={hop.phase}>
      {isStale && <p className={styles.stale}>{text('inspector.stale')}</p>}
      <Section title={<GlossaryText>{place}</GlossaryText>} aside={<BasisBadge basis={hop.basis} />}>
        <div className={styles.said}>
          <h2>{say(hop.title)}</h2>
          <p>
            <GlossaryText>{say(hop.caption)}</GlossaryText>
          </p>
        </div>
        <HeaderFields before={hop.before} after={hop.after} />
      </Section>
      {hop.evidence.map((evidence, index) => (
        <EvidenceSection key={index} evidence={evidence} node={hop.place.node} />
      ))}
      <Grounds hop={hop} />
      {hop.message?.kind === 'dns' && (
        <DnsMessageView
          message={hop.message.message}
          {...(hop.message.companion === undefined ? {} : { companion: hop.message.companion })}
        />
      )}
      {(hop.message?.kind === 'http-request' || hop.message?.kind === 'http-response') && (
        <HttpMessageView message={hop.message} />
      )}
      {hop.conntrack !== undefined && (
        <Section
          title={<GlossaryText>{text('inspector.conntrack', { node: hop.conntrack.node })}</GlossaryText>}
        >
          <MarkedText text={hop.conntrack.line} marks={[]} />
        </Section>
      )}
    </div>
  )
}

/** What stands behind the step: manifest lines, the count of rules, and where the real thing does more. */
function Grounds({ hop }: { readonly hop: Hop }) {
  const text = useText()
  if (hop.because.length === 0 && hop.rulesTried === undefined && hop.differences.length === 0) return null
  return (
    <div className={styles.grounds}>
      <BecauseLinks lead={text('inspector.because')} becauses={hop.because} />
      {hop.rulesTried !== undefined && <p>{text('inspector.rulesTried', { count: hop.rulesTried })}</p>}
      {hop.differences.length > 0 && (
        <p>{text('inspector.differences', { ids: hop.differences.join(', ') })}</p>
      )}
    </div>
  )
}
