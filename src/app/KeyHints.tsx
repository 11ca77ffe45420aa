import { useText } from '../i18n/use-text.ts'
import { Kbd } from '../ui/Kbd.tsx'
import styles from './KeyHints.module.css'

/** The keys worth knowing first, in sight. All of them are in the help. */
export function KeyHints() {
  const text = useText()
  const hints = [
    { keys: ['←', '→'], text: text('hint.step') },
    { keys: ['space'], text: text('hint.play') },
    { keys: ['/'], text: text('hint.request') },
    { keys: ['g'], text: text('hint.rule') },
    { keys: ['?'], text: text('hint.all') },
  ]
  return (
    <p className={styles.hints}>
      {hints.map((hint) => (
        <span key={hint.text}>
          {hint.keys.map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
          {hint.text}
        </span>
      ))}
    </p>
  )
}
