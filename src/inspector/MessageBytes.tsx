import { useState } from 'react'
import { useSentMessage } from '../app/use-sent-message.ts'
import { useText } from '../i18n/use-text.ts'
import type { DnsMessage } from '../sim/dns/message.ts'
import { hexRows } from './hex-rows.ts'
import styles from './MessageBytes.module.css'

interface MessageBytesProps {
  readonly message: DnsMessage
  readonly transport: 'UDP' | 'TCP'
}

/** The message as octets, part by part, once somebody asks for them. */
export function MessageBytes({ message, transport }: MessageBytesProps) {
  const text = useText()
  const [isOpen, setOpen] = useState(false)
  return (
    <details className={styles.bytes} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{text('inspector.dns.bytes')}</summary>
      {isOpen && <Octets message={message} transport={transport} />}
    </details>
  )
}

function Octets({ message, transport }: MessageBytesProps) {
  const text = useText()
  const sent = useSentMessage(message, transport)
  if (sent === undefined) return null
  return (
    <>
      <p>{text('inspector.dns.bytes.count', { count: sent.bytes.length, transport })}</p>
      <table aria-label={text('inspector.dns.bytes')}>
        {sent.parts.map(({ section, from, to }) => (
          <tbody key={from}>
            <tr>
              <th colSpan={3} scope="rowgroup">
                {text(`inspector.dns.${section}`)}
              </th>
            </tr>
            {hexRows(sent.bytes, from, to).map((row) => (
              <tr key={row.offset}>
                <th scope="row">{row.offset}</th>
                <td>{row.octets.join(' ')}</td>
                <td>{row.letters}</td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </>
  )
}
