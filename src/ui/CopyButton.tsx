import { useState } from 'react'
import { useText } from '../i18n/use-text.ts'
import { Button } from './Button.tsx'

/** Copies a text, and says whether it did. */
export function CopyButton({ text: copied }: { readonly text: string }) {
  const text = useText()
  const [outcome, setOutcome] = useState<'dock.copy' | 'dock.copied' | 'dock.copyFailed'>('dock.copy')
  const copy = () => {
    copyText(copied).then(
      () => setOutcome('dock.copied'),
      () => setOutcome('dock.copyFailed'),
    )
  }
  return (
    <Button
      onClick={copy}
      onBlur={() => setOutcome('dock.copy')}
      onPointerLeave={() => setOutcome('dock.copy')}
    >
      <span aria-live="polite">{text(outcome)}</span>
    </Button>
  )
}

/** Rejects where the page is not served over https, and the clipboard is thus not there. */
async function copyText(text: string): Promise<void> {
  await navigator.clipboard.writeText(text)
}
