import { useAppStore } from '../app/use-app.ts'
import { useText } from '../i18n/use-text.ts'
import type { FileView } from '../sim/snapshot.ts'
import { Button } from '../ui/Button.tsx'
import styles from './EditorPane.module.css'
import { useOpenFile } from './use-open-file.ts'

/** What can be done with the open file. */
export function FileActions() {
  const text = useText()
  const store = useAppStore()
  const open = useOpenFile()
  if (open === undefined) return null
  const { view, state, isTyped } = open
  const { name } = view
  return (
    <div className={styles.actions}>
      {isTyped && (
        <Button look="plain" onClick={() => store.getState().draftDiscarded(name)}>
          {text('editor.discard')}
        </Button>
      )}
      {!isTyped && view.applied && !view.system && view.patchOf === undefined && (
        <Button
          look="plain"
          title={text('editor.delete.hint', { file: name })}
          onClick={() => store.getState().fileDeleted(name)}
        >
          {text('editor.delete')}
        </Button>
      )}
      {view.patchOf === undefined ? (
        <Button
          look={state.kind === 'waiting' || state.kind === 'changed' ? 'filled' : 'outlined'}
          {...APPLY_KEYS}
          onClick={() => store.getState().applyPressed(name)}
        >
          {text('editor.apply')}
        </Button>
      ) : (
        <PatchButtons file={name} targets={view.patchOf} isApplied={view.applied} />
      )}
    </div>
  )
}

// The editor's own key does what the first button does: apply-or-patch.ts.
const APPLY_KEYS = { 'aria-keyshortcuts': 'Control+Enter Meta+Enter', title: 'Ctrl/⌘ + Enter' }

interface PatchButtonsProps {
  readonly file: string
  readonly targets: NonNullable<FileView['patchOf']>
  readonly isApplied: boolean
}

/** A button an object that the patch fits, the nearest first. */
function PatchButtons({ file, targets, isApplied }: PatchButtonsProps) {
  const text = useText()
  const store = useAppStore()
  if (targets.length === 0) return <span>{text('editor.patch.none')}</span>
  return targets.map((target, index) => (
    <Button
      key={`${target.kind}/${target.namespace}/${target.name}`}
      look={index === 0 && !isApplied ? 'filled' : 'outlined'}
      {...(index === 0 ? APPLY_KEYS : {})}
      onClick={() => store.getState().patchPressed(file, target)}
    >
      {text('editor.patch', { object: `${target.kind.toLowerCase()} ${target.name}` })}
    </Button>
  ))
}
