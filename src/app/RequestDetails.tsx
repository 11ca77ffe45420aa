import { useText } from '../i18n/use-text.ts'
import { MethodMenu } from './RequestMenus.tsx'
import styles from './RequestDetails.module.css'
import { useApp } from './use-app.ts'

interface RequestDetailsProps {
  readonly hasMethod: boolean
  readonly onClose: () => void
}

/** Headers, body, server name, seed and faults: what most requests leave as it is. */
export function RequestDetails({ hasMethod, onClose }: RequestDetailsProps) {
  const text = useText()
  const request = useApp((state) => state.request)
  const edit = useApp((state) => state.requestEdited)
  const headersAreWrong = useApp((state) => state.requestProblem?.kind === 'header-line')
  return (
    <div
      id="request-details"
      role="presentation"
      className={styles.details}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      {hasMethod && (
        <>
          <div className={styles.method}>
            <MethodMenu />
          </div>
          <label className={styles.wide}>
            <span>{text('request.headers')}</span>
            <textarea
              rows={3}
              spellCheck={false}
              placeholder={text('request.headers.example')}
              aria-invalid={headersAreWrong}
              aria-describedby="request-problem"
              value={request.headersText}
              onChange={(event) => edit({ headersText: event.target.value })}
            />
          </label>
          <label className={styles.wide}>
            <span>{text('request.body')}</span>
            <textarea
              rows={2}
              spellCheck={false}
              value={request.body}
              onChange={(event) => edit({ body: event.target.value })}
            />
          </label>
          <label>
            <span>{text('request.sni')}</span>
            <input
              type="text"
              spellCheck={false}
              placeholder={text('request.sni.example')}
              value={request.sni}
              onChange={(event) => edit({ sni: event.target.value })}
            />
          </label>
        </>
      )}
      <label>
        <span>{text('request.seed')}</span>
        <input
          type="number"
          min={0}
          max={999_999}
          value={request.seed}
          onChange={(event) => edit({ seed: seedIn(event.target.value) })}
        />
        <small>{text('request.seed.meaning')}</small>
      </label>
      <label className={styles.fault}>
        <input
          type="checkbox"
          checked={request.faults.includes('conntrack-race')}
          aria-describedby="request-fault-meaning"
          onChange={(event) => edit({ faults: event.target.checked ? ['conntrack-race'] : [] })}
        />
        <span>{text('request.fault.race')}</span>
        <small id="request-fault-meaning">{text('request.fault.race.meaning')}</small>
      </label>
    </div>
  )
}

/** A whole number from 0 to 999,999; 0 for anything else. */
function seedIn(typed: string): number {
  const seed = Math.trunc(Number(typed))
  return Number.isFinite(seed) ? Math.min(Math.max(seed, 0), 999_999) : 0
}
