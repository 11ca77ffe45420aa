import { useId, type ReactNode } from 'react'
import styles from './SegmentedControl.module.css'

interface SegmentedControlProps<Value extends string> {
  /** What is chosen. */
  readonly label: string
  readonly choices: readonly { readonly value: Value; readonly label: ReactNode; readonly name?: string }[]
  readonly value: Value
  readonly onChoose: (value: Value) => void
}

/** One of a few, all in sight: native radio buttons, so arrows and form modes come with them. `name` says what a short label means. */
export function SegmentedControl<Value extends string>(props: SegmentedControlProps<Value>) {
  const { label, choices, value, onChoose } = props
  const group = useId()
  return (
    <fieldset className={styles.segments}>
      <legend className="visually-hidden">{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value} title={choice.name}>
          <input
            type="radio"
            name={group}
            aria-label={choice.name}
            checked={choice.value === value}
            onChange={() => onChoose(choice.value)}
          />
          {choice.label}
        </label>
      ))}
    </fieldset>
  )
}
