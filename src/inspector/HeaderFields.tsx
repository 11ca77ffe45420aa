import { useText } from '../i18n/use-text.ts'
import type { Packet } from '../sim/network/packet.ts'
import { GlossaryText } from './GlossaryText.tsx'
import styles from './HeaderFields.module.css'
import { headerLines } from './header-lines.ts'

interface HeaderFieldsProps {
  readonly before: Packet
  readonly after: Packet
}

/** The packet's header: what this step changed stands struck beside what it became. */
export function HeaderFields({ before, after }: HeaderFieldsProps) {
  const text = useText()
  return (
    <dl className={styles.fields} aria-label={text('inspector.header')}>
      {headerLines(before, after).map((line) => (
        <div key={line.field} className={styles.field} data-field={line.field}>
          <dt>
            <GlossaryText>{line.field}</GlossaryText>
          </dt>
          {line.after === undefined ? (
            <dd>{line.before}</dd>
          ) : (
            <dd>
              {line.before !== '' && (
                <>
                  <span className="visually-hidden">{text('inspector.was')} </span>
                  <del>{line.before}</del>{' '}
                </>
              )}
              {line.after !== '' && (
                <>
                  <span className="visually-hidden">{text('inspector.now')} </span>
                  <ins>{line.after}</ins>
                </>
              )}
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}
