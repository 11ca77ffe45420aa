import styles from './CodeSurface.module.css'
import type { LineSpan } from './lines-of-step.ts'
import { yamlPieces } from './yaml-pieces.ts'

interface PlainSourceProps {
  readonly name: string
  readonly text: string
  readonly lines: readonly LineSpan[]
  /** A person wants to edit: the editor is due. */
  readonly onWanted: () => void
}

/** More lines than any window shows at once; the editor is there before anyone has scrolled further. */
const drawnLines = 200

/** The text in the editor's metrics and colours, for the moments before the editor has loaded. */
export function PlainSource({ name, text, lines, onWanted }: PlainSourceProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions -- becomes the editor on focus
    <pre className={styles.plain} tabIndex={0} aria-label={name} onFocus={onWanted} onPointerDown={onWanted}>
      {text.split('\n', drawnLines).map((line, index) => (
        <SourceLine key={index} number={index + 1} line={line} isTinted={isTinted(lines, index + 1)} />
      ))}
    </pre>
  )
}

interface SourceLineProps {
  readonly number: number
  readonly line: string
  readonly isTinted: boolean
}

function SourceLine({ number, line, isTinted: tinted }: SourceLineProps) {
  return (
    <span className={styles.line} data-number={number} data-tinted={tinted}>
      {yamlPieces(line).map((piece, index) => (
        <span key={index} data-kind={piece.kind}>
          {piece.text}
        </span>
      ))}
    </span>
  )
}

function isTinted(spans: readonly LineSpan[], line: number): boolean {
  return spans.some((span) => line >= span.line && line <= span.endLine)
}
