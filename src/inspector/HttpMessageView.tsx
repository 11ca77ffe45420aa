import { useText } from '../i18n/use-text.ts'
import type { Message } from '../sim/trace/trace.ts'
import styles from './HttpMessageView.module.css'
import { bodyStart, headerFields, startLine } from './http-lines.ts'
import { Section } from './Section.tsx'
import { subjectName } from './subject-name.ts'

interface HttpMessageViewProps {
  readonly message: Extract<Message, { kind: 'http-request' | 'http-response' }>
}

/** A request or a response as it goes over the wire, and who wrote it. */
export function HttpMessageView({ message }: HttpMessageViewProps) {
  const text = useText()
  const body = bodyStart(message)
  return (
    <Section
      title={text(message.kind === 'http-request' ? 'inspector.http.request' : 'inspector.http.response')}
      aside={
        message.kind === 'http-response' && (
          <span className={styles.from}>
            {text('inspector.http.from', { who: subjectName(message.response.from) })}
          </span>
        )
      }
    >
      <div className={styles.message}>
        <b>{startLine(message)}</b>
        <dl>
          {headerFields(message).map(([name, value], index) => (
            <div key={index}>
              <dt>{name}:</dt> <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {body.text !== '' && <pre>{body.text}</pre>}
        {body.more > 0 && <span>… {text('inspector.http.more', { count: body.more })}</span>}
      </div>
    </Section>
  )
}
