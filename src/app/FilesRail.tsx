import { useText } from '../i18n/use-text.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { FilesPane } from './FilesPane.tsx'
import { Icon } from './Icon.tsx'
import styles from './FilesRail.module.css'
import { useApp } from './use-app.ts'

/** On a narrow page the files lie over the stage, behind one button. */
export function FilesRail() {
  const text = useText()
  const open = useApp((state) => state.filesOpen)
  const toggle = useApp((state) => state.filesToggled)
  return (
    <nav className={styles.rail} aria-label={text('files.title')}>
      <IconButton
        label={text('files.title')}
        aria-expanded={open}
        aria-controls="files-drawer"
        onClick={toggle}
      >
        <Icon of="files" />
      </IconButton>
      {open && (
        <div
          id="files-drawer"
          role="presentation"
          className={styles.drawer}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && !event.defaultPrevented) toggle()
          }}
        >
          <FilesPane />
        </div>
      )}
    </nav>
  )
}
