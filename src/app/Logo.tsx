import styles from './TopBar.module.css'

/** The mark: a path over a Service. */
export function Logo() {
  return (
    <svg className={styles.mark} width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
      <path d="M2 16C7 16 6 6 11 6s4 10 9 10" />
      <circle cx="11" cy="6" r="3.4" />
    </svg>
  )
}
