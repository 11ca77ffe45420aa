import { useState, type ReactNode } from 'react'
import { Kbd } from './Kbd.tsx'
import styles from './Tooltip.module.css'

interface TooltipProps {
  readonly text: string
  readonly hotkey?: string
  readonly children: ReactNode
}

/**
 * Says what a control is, on hover and on focus; Escape puts it away (WCAG 1.4.13). The control has the same text as its name, so
 * a screen reader is not told twice.
 */
export function Tooltip({ text, hotkey, children }: TooltipProps) {
  const [dismissed, setDismissed] = useState(false)
  return (
    <span
      role="presentation"
      className={styles.anchor}
      data-dismissed={dismissed}
      onKeyDown={(event) => setDismissed(event.key === 'Escape')}
      onPointerEnter={() => setDismissed(false)}
      onPointerDown={() => setDismissed(true)}
    >
      {children}
      <span className={styles.tip} aria-hidden="true">
        {text}
        {hotkey !== undefined && <Kbd>{hotkey}</Kbd>}
      </span>
    </span>
  )
}
