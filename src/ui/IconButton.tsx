import type { ComponentProps } from 'react'
import styles from './IconButton.module.css'
import { Tooltip } from './Tooltip.tsx'

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label' | 'title'> {
  /** The name, also shown as the tooltip. */
  readonly label: string
  /** A key that does the same, shown in the tooltip. */
  readonly hotkey?: string
  readonly look?: 'bare' | 'raised' | 'filled'
}

/** A button with a picture on it; its name is in the tooltip and for screen readers. */
export function IconButton({ label, hotkey, look = 'bare', className = '', ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} {...(hotkey === undefined ? {} : { hotkey })}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        data-look={look}
        className={`${styles.icon} ${className}`}
      />
    </Tooltip>
  )
}
