import { useText } from '../i18n/use-text.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import styles from './HelpDialog.module.css'
import { KEY_MAP } from './key-map.ts'
import { useApp } from './use-app.ts'

interface HelpDialogProps {
  readonly open: boolean
  readonly onClose: () => void
}

/** What the page is, and every key of it. */
export function HelpDialog({ open, onClose }: HelpDialogProps) {
  const text = useText()
  const motionOff = useApp((state) => state.motionOff)
  const truthShown = useApp((state) => state.truthShown)
  return (
    <Dialog title={text('help.title')} open={open} closeLabel={text('dialog.close')} onClose={onClose}>
      <p className={styles.what}>{text('help.what')}</p>
      <h3 className={styles.heading}>{text('help.keys')}</h3>
      <table className={styles.keys}>
        <tbody>
          {KEY_MAP.map((binding) => (
            <tr key={binding.does}>
              <th scope="row">
                {binding.shown.map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </th>
              <td>
                {text(binding.does)}
                {binding.does === 'keys.motion' && motionOff && ` (${text('help.motionIsOff')})`}
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row">
              <Kbd>Esc</Kbd>
            </th>
            <td>{text('keys.escape')}</td>
          </tr>
        </tbody>
      </table>
      <p className={styles.kept}>{text('help.kept')}</p>
      <p className={styles.kept}>
        <Button
          look="plain"
          onClick={() => {
            onClose()
            truthShown('head')
          }}
        >
          {text('truth.open')}
        </Button>
      </p>
    </Dialog>
  )
}
