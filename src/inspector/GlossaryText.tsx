import type { TextId } from '../i18n/en/catalogue.ts'
import { useText } from '../i18n/use-text.ts'
import styles from './GlossaryText.module.css'
import { glossaryPieces } from './glossary.ts'
import { useHoverTip } from './use-hover-tip.ts'

/** A sentence whose hard words explain themselves. */
export function GlossaryText({ children }: { readonly children: string }) {
  return glossaryPieces(children).map((piece, index) =>
    piece.term === undefined ? (
      piece.text
    ) : (
      <Term key={index} term={piece.term}>
        {piece.text}
      </Term>
    ),
  )
}

/** One word and its explanation, for eyes and for screen readers. */
function Term({ term, children }: { readonly term: TextId; readonly children: string }) {
  const text = useText()
  const { id, anchorRef, tipRef, events } = useHoverTip()
  return (
    <>
      <button ref={anchorRef} type="button" className={styles.term} aria-describedby={id} {...events}>
        {children}
      </button>
      <span ref={tipRef} id={id} role="tooltip" popover="manual" className={styles.tip}>
        {text(term)}
      </span>
    </>
  )
}
