import { useText } from '../i18n/use-text.ts'
import { Button } from '../ui/Button.tsx'
import { requestFromOutside } from './examples.ts'
import { foretell } from './foretell.ts'
import styles from './Opening.module.css'
import { useApp, useAppStore } from './use-app.ts'

/** What pressing Send will do, and the other ways in. */
export function OpeningFoot() {
  const text = useText()
  const store = useAppStore()
  const snapshot = useApp((state) => state.snapshot)
  const request = useApp((state) => state.request)
  const foretold = foretell(snapshot, request)
  const outside = requestFromOutside(snapshot)
  const { fileOpened, pasteShown, requestEdited } = store.getState()
  return (
    <div className={styles.foot}>
      <p className={styles.then}>{text('opening.then', { what: text(foretold.id, foretold.values) })}</p>
      <div className={styles.ways}>
        <div>
          <Button look="plain" onClick={() => fileOpened(store.getState().openFile)}>
            {text('opening.break')}
          </Button>
          <p>{text('opening.break.how')}</p>
        </div>
        {outside !== undefined && (
          <div>
            <Button look="plain" onClick={() => requestEdited(outside)}>
              {text('opening.outside')}
            </Button>
            <p>{text('opening.outside.how')}</p>
          </div>
        )}
        <div>
          <Button look="plain" onClick={() => pasteShown()}>
            {text('opening.own')}
          </Button>
          <p>{text('opening.own.how')}</p>
        </div>
      </div>
      <p className={styles.privacy}>{text('opening.privacy')}</p>
    </div>
  )
}
