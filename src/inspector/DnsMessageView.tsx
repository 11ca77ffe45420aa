import { useState } from 'react'
import { useText } from '../i18n/use-text.ts'
import type { DnsMessage } from '../sim/dns/message.ts'
import { SegmentedControl } from '../ui/SegmentedControl.tsx'
import styles from './DnsMessageView.module.css'
import { ednsText, flagsOf, sectionsOf } from './dns-view.ts'
import { MessageBytes } from './MessageBytes.tsx'
import { RecordRows } from './RecordRows.tsx'
import { Section } from './Section.tsx'

interface DnsMessageViewProps {
  readonly message: DnsMessage
  /** The other half of an A and AAAA pair. */
  readonly companion?: DnsMessage
  readonly transport: 'UDP' | 'TCP'
}

/** A DNS message: flags as chips, then its sections. A switch shows the AAAA half, where both left together. */
export function DnsMessageView({ message, companion, transport }: DnsMessageViewProps) {
  const text = useText()
  const [half, setHalf] = useState<'first' | 'second'>('first')
  const shown = half === 'second' && companion !== undefined ? companion : message
  const edns = ednsText(shown)
  return (
    <Section
      title={text('inspector.dns')}
      aside={
        companion !== undefined && (
          <SegmentedControl
            label={text('inspector.dns.half')}
            choices={[
              { value: 'first', label: message.question.type },
              { value: 'second', label: companion.question.type },
            ]}
            value={half}
            onChoose={setHalf}
          />
        )
      }
    >
      <Flags message={shown} />
      <table className={styles.message}>
        <tbody>
          <tr>
            <th scope="row">{text('inspector.dns.question')}</th>
            <td>
              {shown.question.name}
              <br />
              <b>IN {shown.question.type}</b>
            </td>
          </tr>
          {sectionsOf(shown).map((section) => (
            <tr key={section.name} data-section={section.name}>
              <th scope="row">{text(`inspector.dns.${section.name}`)}</th>
              <td>
                <RecordRows records={section.records} />
                {section.name === 'additional' && edns}
                {section.records.length === 0 && (section.name !== 'additional' || edns === undefined) && (
                  <span className={styles.empty}>{text('inspector.dns.empty')}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <MessageBytes message={shown} transport={transport} />
    </Section>
  )
}

/** The response code and the header's bits. A bit that is not set is faint, and says so. */
function Flags({ message }: { readonly message: DnsMessage }) {
  const text = useText()
  return (
    <ul className={styles.flags}>
      {message.isReply && <li data-rcode={message.rcode}>{message.rcode}</li>}
      {flagsOf(message).map(({ name, isSet }) => (
        <li key={name} data-set={isSet} title={text(`inspector.dns.flag.${name}`)}>
          {name}
          {isSet ? (
            <small>{text(`inspector.dns.flag.${name}`)}</small>
          ) : (
            <span className="visually-hidden"> {text('inspector.dns.flag.off')}</span>
          )}
        </li>
      ))}
    </ul>
  )
}
