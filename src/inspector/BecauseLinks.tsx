import { useLingui } from '@lingui/react'
import { useAppStore } from '../app/use-app.ts'
import { useText } from '../i18n/use-text.ts'
import type { Because } from '../sim/trace/trace.ts'
import styles from './BecauseLinks.module.css'
import { becauseLabel, becauseParts } from './because-label.ts'

interface BecauseLinksProps {
  /** The words before the links. */
  readonly lead: string
  readonly becauses: readonly Because[]
}

/** The manifest lines behind something; a link shows them in the editor. Nothing where there are none. */
export function BecauseLinks({ lead, becauses }: BecauseLinksProps) {
  const { i18n } = useLingui()
  if (becauses.length === 0) return null
  return (
    <p className={styles.because}>
      {lead}{' '}
      {becauseParts(becauses, i18n.locale).map((part, index) =>
        'words' in part ? part.words : <BecauseLink key={index} because={part.because} />,
      )}
    </p>
  )
}

/** `file:line–line`. What a controller made stands in no file and is no link. */
function BecauseLink({ because }: { readonly because: Because }) {
  const store = useAppStore()
  const text = useText()
  const label = becauseLabel(because)
  if (because.file === undefined) return <code title={text('inspector.because.madeBy')}>{label}</code>
  return (
    <button
      type="button"
      className={styles.link}
      title={`${because.object.kind} ${because.object.name}`}
      onClick={() => store.getState().because(because)}
    >
      {label}
    </button>
  )
}
