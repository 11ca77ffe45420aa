import { isTraceOld } from '../app/selectors.ts'
import { useApp } from '../app/use-app.ts'
import { usePhrase, useText } from '../i18n/use-text.ts'
import type { Hop } from '../sim/trace/trace.ts'
import { Ending } from './Ending.tsx'
import { messageOf } from './message-of.ts'
import { BasisBadge } from '../ui/BasisBadge.tsx'
import { Button } from '../ui/Button.tsx'
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
import { ToGateway } from './ToGateway.tsx'
import { TlsMessageView } from './TlsMessageView.tsx'

interface StepViewProps {
  readonly hop: Hop
  /** How many steps the trace has. */
  readonly total: number
}

/** One step, answers in order: where, the header, what decided, by which text, because of which lines. */
export function StepView({ hop, total }: StepViewProps) {
  const text = useText()
  const say = usePhrase()
  const isStale = useApp(isTraceOld)
  const place = text('inspector.place', { step: hop.index + 1, total, place: placeLabel(hop.place) })
  return (
    <div className={styles.step} data-phase={hop.phase}>
      {isStale && <p className={styles.stale}>{text('inspector.stale')}</p>}
      <Section title={<GlossaryText>{place}</GlossaryText>} aside={<BasisBadge basis={hop.basis} />}>
        <div className={styles.said}>
          <h2>
            <GlossaryText>{say(hop.title)}</GlossaryText>
          </h2>
          <p>
            <GlossaryText>{say(hop.caption)}</GlossaryText>
          </p>
        </div>
        {hop.index === total - 1 && (
          <div className={styles.end}>
            <Ending />
          </div>
        )}
        <HeaderFields before={hop.before} after={hop.after} />
      </Section>
      {hop.evidence.map((evidence, index) => (
        <EvidenceSection key={index} evidence={evidence} node={hop.place.node} />
      ))}
      <Grounds hop={hop} />
      <Differences hop={hop} />
      {isIngressDecision(hop) && <ToGateway />}
      <MessageView hop={hop} />
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

/** Whether an ingress-nginx decided here. */
function isIngressDecision({ kind, title }: Hop): boolean {
  return kind === 'match' && title.id.startsWith('hop.ingress-')
}

/** What the packet carries, or what the program prints of it. */
function MessageView({ hop }: { readonly hop: Hop }) {
  const message = useApp((state) => messageOf(hop, state.trace))
  switch (message?.kind) {
    case undefined:
      return null
    case 'dns': {
      const { companion } = message
      return (
        <DnsMessageView
          message={message.message}
          transport={hop.before.protocol === 'tcp' ? 'TCP' : 'UDP'}
          {...(companion === undefined ? {} : { companion })}
        />
      )
    }
    case 'http-request':
    case 'http-response':
      return <HttpMessageView message={message} />
    case 'tls-client-hello':
    case 'tls-certificate':
    case 'tls-alert':
      return <TlsMessageView message={message} />
  }
}

/** Where the real thing is known to do otherwise. */
function Differences({ hop }: { readonly hop: Hop }) {
  const text = useText()
  const truthShown = useApp((state) => state.truthShown)
  if (hop.differences.length === 0) return null
  return (
    <p className={styles.differences}>
      {text('truth.onStep', { count: hop.differences.length })}{' '}
      {hop.differences.map((id) => (
        <Button key={id} look="plain" onClick={() => truthShown(id)}>
          {text(`difference.${id}.title`)}
        </Button>
      ))}
    </p>
  )
}

/** What stands behind the step: manifest lines, and the count of rules. */
function Grounds({ hop }: { readonly hop: Hop }) {
  const text = useText()
  if (hop.because.length === 0 && hop.rulesTried === undefined) return null
  return (
    <div className={styles.grounds}>
      <BecauseLinks lead={text('inspector.because')} becauses={hop.because} />
      {hop.rulesTried !== undefined && <RulesTried hop={hop} count={hop.rulesTried} />}
    </div>
  )
}

/** What the kernel tried for the step, and what all kernels on its way tried for the packet. */
function RulesTried({ hop, count }: { readonly hop: Hop; readonly count: number }) {
  const text = useText()
  const cost = useApp((state) => state.trace?.packets.find((each) => each.packetId === hop.packetId)?.cost)
  return (
    <p>
      {text('inspector.rulesTried', { count })}
      {cost !== undefined && cost.rulesTried > 0 && (
        <>
          {' '}
          {text('inspector.rulesOfPacket', {
            all: cost.rulesTried,
            hosts: Object.entries(cost.byHost)
              .map(([host, tried]) => text('inspector.rulesOfHost', { host, tried }))
              .join(' · '),
          })}
        </>
      )}
    </p>
  )
}
