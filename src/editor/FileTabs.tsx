import { useApp, useAppStore } from '../app/use-app.ts'
import { useText } from '../i18n/use-text.ts'
import type { FileView } from '../sim/snapshot.ts'
import { rove } from '../ui/rove.ts'
import styles from './EditorPane.module.css'
import { fileStateOf, inTabOrder, problemsOf, tabSign } from './file-state.ts'

/** A tab a file. Each says whether the cluster has it: applied, changed, waiting, or how many problems it has. */
export function FileTabs({ panelId }: { readonly panelId: string }) {
  const text = useText()
  const files = useApp((state) => state.snapshot.files)
  return (
    <div
      role="tablist"
      tabIndex={-1}
      aria-label={text('editor.files')}
      className={styles.tabs}
      onKeyDown={rove}
    >
      {inTabOrder(files).map((file) => (
        <FileTab key={file.name} file={file} panelId={panelId} />
      ))}
    </div>
  )
}

interface FileTabProps {
  readonly file: FileView
  readonly panelId: string
}

function FileTab({ file, panelId }: FileTabProps) {
  const text = useText()
  const store = useAppStore()
  const isOpen = useApp((state) => state.openFile === file.name)
  const draft = useApp((state) => state.drafts[file.name])
  const typed = useApp((state) => state.problems)
  const applied = useApp((state) => state.snapshot.diagnostics)
  const sign = tabSign(fileStateOf(file, draft, problemsOf(file.name, typed, applied)))
  const word = text(sign.word, { count: sign.count })
  const open = () => {
    if (!isOpen) store.getState().fileOpened(file.name)
  }
  return (
    <button
      type="button"
      role="tab"
      className={styles.tab}
      aria-selected={isOpen}
      aria-controls={panelId}
      tabIndex={isOpen ? 0 : -1}
      aria-label={`${file.name}, ${word}`}
      title={file.system ? `${word}, ${text('editor.system')}` : word}
      onClick={open}
      onFocus={open}
    >
      <span className={styles.name}>{file.name}</span>
      <span className={styles.sign} data-state={sign.state}>
        {sign.glyph}
      </span>
    </button>
  )
}
