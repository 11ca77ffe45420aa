import { useMemo } from 'react'
import { useText } from '../i18n/use-text.ts'
import styles from './RequestBar.module.css'
import { useApp } from './use-app.ts'
import { vantageGroups } from './vantage-label.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

/** Where the request starts: a Pod, a node, a client outside. */
export function VantageMenu() {
  const text = useText()
  const snapshot = useApp((state) => state.snapshot)
  const from = useApp((state) => state.request.from)
  const edit = useApp((state) => state.requestEdited)
  const groups = useMemo(() => vantageGroups(snapshot), [snapshot])
  const isThere = snapshot.vantages.some((vantage) => vantage.id === from)
  return (
    <label className={styles.menu}>
      <span className={styles.menuLabel}>{text('request.from')}</span>
      <select
        aria-label={text('request.from')}
        value={from}
        onChange={(event) => edit({ from: event.target.value })}
      >
        {!isThere && <option value={from}>{from}</option>}
        {groups.map((group) => (
          <optgroup key={group.kind} label={text(`request.from.${group.kind}`)}>
            {group.vantages.map((vantage) => (
              <option key={vantage.id} value={vantage.id}>
                {vantage.label}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  )
}

/** The HTTP method; only where the URL speaks HTTP. */
export function MethodMenu() {
  const text = useText()
  const method = useApp((state) => state.request.method)
  const edit = useApp((state) => state.requestEdited)
  return (
    <label className={styles.menu} data-part="method">
      <select
        aria-label={text('request.method')}
        value={method}
        onChange={(event) => edit({ method: event.target.value })}
      >
        {METHODS.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  )
}
