import { useState } from 'react'
import { useText } from '../i18n/use-text.ts'
import { Button } from '../ui/Button.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { BusyLine } from './BusyLine.tsx'
import { Icon } from './Icon.tsx'
import { speaksHttp } from './read-request.ts'
import styles from './RequestBar.module.css'
import { RequestDetails } from './RequestDetails.tsx'
import { RequestProblemNote } from './RequestProblemNote.tsx'
import { MethodMenu, VantageMenu } from './RequestMenus.tsx'
import { UrlField } from './UrlField.tsx'
import { isTraceOld } from './selectors.ts'
import { useApp } from './use-app.ts'

/** Like a browser's address bar: who asks, for what. Enter sends. `opening`: the first screen's large one. */
export function RequestBar({ opening }: { readonly opening: boolean }) {
  const text = useText()
  const [detailsOpen, setDetailsOpen] = useState(false)
  const send = useApp((state) => state.sendPressed)
  const hasDetails = useApp(
    ({ request }) => request.headersText + request.body + request.sni !== '' || request.faults.length > 0,
  )
  const hasWrongHeader = useApp((state) => state.requestProblem?.kind === 'header-line')
  const hasMethod = useApp((state) => speaksHttp(state.request.url))
  return (
    <form
      className={styles.form}
      data-opening={opening}
      aria-label={text('request.label')}
      onSubmit={(event) => {
        event.preventDefault()
        setDetailsOpen(false)
        send()
        // As from an address bar: the keys are now the page's, so an arrow steps.
        if (document.activeElement?.tagName === 'INPUT') event.currentTarget.closest('main')?.focus()
      }}
    >
      <div className={styles.bar}>
        <VantageMenu />
        {hasMethod && <MethodMenu />}
        <UrlField />
        <IconButton
          label={text('request.details')}
          aria-expanded={detailsOpen}
          aria-controls="request-details"
          className={styles.chevron ?? ''}
          data-filled={hasDetails}
          data-wrong={hasWrongHeader}
          onClick={() => setDetailsOpen(!detailsOpen)}
        >
          <Icon of="chevron" />
        </IconButton>
        <Seed />
        <SendButton opening={opening} />
        <BusyLine />
      </div>
      {detailsOpen && <RequestDetails hasMethod={hasMethod} onClose={() => setDetailsOpen(false)} />}
      <RequestProblemNote />
    </form>
  )
}

function SendButton({ opening }: { readonly opening: boolean }) {
  const text = useText()
  const again = useApp(isTraceOld)
  return (
    <Button type="submit" look="filled" className={styles.send ?? ''}>
      <Icon of={again ? 'again' : 'play'} />
      <span className={styles.sendWord}>{text(again ? 'request.again' : 'request.send')}</span>
      {opening && (
        <kbd className={styles.enter} aria-hidden="true">
          ↵
        </kbd>
      )}
    </Button>
  )
}

function Seed() {
  const text = useText()
  const seed = useApp((state) => state.request.seed)
  const reroll = useApp((state) => state.seedRerolled)
  return (
    <span className={styles.seed}>
      <span>{text('request.seed')}</span> <b>{seed}</b>
      <IconButton label={text('request.reroll')} onClick={reroll}>
        <Icon of="again" />
      </IconButton>
    </span>
  )
}
