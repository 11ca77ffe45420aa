import { useMemo } from 'react'
import { useText } from '../i18n/use-text.ts'
import { urlsWorthATry } from './examples.ts'
import styles from './RequestBar.module.css'
import { useApp } from './use-app.ts'

/** The id by which the keyboard finds the field. */
export const URL_FIELD = 'request-url'

/** What is asked for. Offers the URLs sent before, then those worth a try in this cluster. */
export function UrlField() {
  const text = useText()
  const url = useApp((state) => state.request.url)
  const edit = useApp((state) => state.requestEdited)
  const history = useApp((state) => state.urlHistory)
  const snapshot = useApp((state) => state.snapshot)
  const isWrong = useApp(
    ({ requestProblem: problem }) => problem !== undefined && problem.kind !== 'header-line',
  )
  const offered = useMemo(() => [...new Set([...history, ...urlsWorthATry(snapshot)])], [history, snapshot])
  return (
    <>
      <input
        id={URL_FIELD}
        className={styles.url}
        type="text"
        inputMode="url"
        list="request-urls"
        aria-label={text('request.url')}
        aria-invalid={isWrong}
        aria-describedby="request-problem"
        placeholder={text('request.url.example')}
        autoComplete="off"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="send"
        value={url}
        onChange={(event) => edit({ url: event.target.value })}
      />
      <datalist id="request-urls">
        {offered.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </datalist>
    </>
  )
}
