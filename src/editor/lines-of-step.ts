/** Which lines of a file the current step stands on. */
import type { Because } from '../sim/trace/trace.ts'

/** Lines from 1, both included. */
export interface LineSpan {
  readonly line: number
  readonly endLine: number
}

/** The spans in this file, in the order of the file, each once. */
export function linesOfStep(becauses: readonly Because[], file: string): readonly LineSpan[] {
  const spans = becauses.flatMap(({ file: of, range }) =>
    of === file && range !== undefined ? [{ line: range.line, endLine: range.endLine }] : [],
  )
  return spans
    .toSorted((a, b) => a.line - b.line || a.endLine - b.endLine)
    .filter((span, index, all) => {
      const last = all[index - 1]
      return last === undefined || span.line !== last.line || span.endLine !== last.endLine
    })
}

/** `7` or `10–11`. */
export function spanText({ line, endLine }: LineSpan): string {
  return line === endLine ? String(line) : `${line}–${endLine}`
}

/** How many lines the spans hold, those in two of them twice. */
export function lineCount(spans: readonly LineSpan[]): number {
  return spans.reduce((sum, { line, endLine }) => sum + endLine - line + 1, 0)
}
