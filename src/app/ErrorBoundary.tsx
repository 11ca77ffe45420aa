import { Component, type ReactNode } from 'react'
import { Trans } from '@lingui/react'
import { Button } from '../ui/Button.tsx'
import styles from './ErrorBoundary.module.css'

interface ErrorBoundaryProps {
  /** The texts typed and not applied, by file, at the moment of asking. */
  readonly drafts: () => Readonly<Record<string, string>>
  /** Forgets what this browser keeps, in case that is what the page stumbles over. */
  readonly forget: () => void
  readonly children: ReactNode
}

/** Stands in for the page when drawing it failed: says so, keeps what was typed in sight, and shows two ways out. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly failure: string | undefined }> {
  override readonly state = { failure: undefined }

  static getDerivedStateFromError(error: unknown) {
    return { failure: error instanceof Error ? error.message : String(error) }
  }

  override render() {
    const { failure } = this.state
    if (failure === undefined) return this.props.children
    const startOver = () => {
      this.props.forget()
      window.location.reload()
    }
    return (
      <main className={styles.failure} role="alert">
        <h1>
          <Trans id="failure.title" />
        </h1>
        <p>
          <Trans id="failure.kept" />
        </p>
        <pre>{failure}</pre>
        <div className={styles.ways}>
          <Button look="filled" onClick={() => window.location.reload()}>
            <Trans id="notice.reload" />
          </Button>
          <Button onClick={startOver}>
            <Trans id="failure.startOver" />
          </Button>
        </div>
        {Object.entries(this.props.drafts()).map(([file, text]) => (
          <label key={file}>
            {file}
            <textarea readOnly rows={10} value={text} />
          </label>
        ))}
      </main>
    )
  }
}
