import type { ComponentProps } from 'react'
import styles from './Button.module.css'

interface ButtonProps extends ComponentProps<'button'> {
  /** `filled`: the one next thing to do, at most one a screen. `outlined`: a choice. `plain`: a link that acts. */
  readonly look?: 'filled' | 'outlined' | 'plain'
}

/** A button with a word on it. */
export function Button({ look = 'outlined', className = '', ...rest }: ButtonProps) {
  return <button type="button" {...rest} data-look={look} className={`${styles.button} ${className}`} />
}
