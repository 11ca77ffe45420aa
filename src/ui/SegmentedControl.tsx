import type { ReactNode } from 'react'
import { rove } from './rove.ts'
import styles from './SegmentedControl.module.css'

interface SegmentedControlProps<Value extends string> {
  /** What is chosen. */
  readonly label: string
  readonly choices: readonly { readonly value: Value; readonly label: ReactNode; readonly name?: string }[]
  readonly value: Value
  onChoose(value: Value): void
}

/** One of a few, all in sight: a radio group. */
export function SegmentedControl<Value extends string>(props: SegmentedControlProps<Value>) {
  const { label, choices, value, onChoose } = props
  return (
    <div role="radiogroup" aria-label={label} className={styles.segments} onKeyDown={rove}>
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          role="radio"
          aria-checked={choice.value === value}
          {...(choice.name === undefined ? {} : { 'aria-label': choice.name, title: choice.name })}
          tabIndex={choice.value === value ? 0 : -1}
          onClick={() => onChoose(choice.value)}
        >
          {choice.label}
        </button>
      ))}
    </div>
  )
}
