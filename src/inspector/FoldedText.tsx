import { useState } from 'react'
import { useText } from '../i18n/use-text.ts'
import type { EvidenceText } from '../sim/trace/trace.ts'
import { BasisBadge } from '../ui/BasisBadge.tsx'
import { foldedLines } from './folded-lines.ts'
import styles from './MarkedText.module.css'
import { MarkedText } from './MarkedText.tsx'

/** A text of the machine's; a long one shows its deciding lines, and the whole on demand. */
export function FoldedText({ text, marks, basis }: EvidenceText) {
  const say = useText()
  const [open, setOpen] = useState(false)
  const folded = foldedLines(text, marks)
  return (
    <>
      <MarkedText marks={marks} text={open ? text : (folded ?? text)}>
        {basis !== undefined && <BasisBadge basis={basis} />}
      </MarkedText>
      {folded !== undefined && (
        <button className={styles.whole} type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          {say(open ? 'inspector.text.fold' : 'inspector.text.whole', { count: text.split('\n').length })}
        </button>
      )}
    </>
  )
}
