import { useText } from '../i18n/use-text.ts'
import { Button } from '../ui/Button.tsx'
import { Glyph } from '../ui/Glyph.tsx'
import styles from './Notices.module.css'
import { useApp } from './use-app.ts'

/** What a person must know whatever they look at: a text that was not kept, a simulator that is gone. */
export function Notices() {
  const text = useText()
  const unkept = useApp((state) => state.unkept)
  const labIsGone = useApp((state) => state.labIsGone)
  return (
    <div className={styles.notices} role="alert">
      {labIsGone && (
        <p>
          <Glyph phase="drop" /> {text('notice.labIsGone')}
          <Button onClick={() => window.location.reload()}>{text('notice.reload')}</Button>
        </p>
      )}
      {unkept.length > 0 && (
        <p>
          <Glyph phase="drop" /> {text('notice.unkept', { files: unkept.join(', ') })}
        </p>
      )}
    </div>
  )
}
