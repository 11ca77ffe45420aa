/** A row of the table: its cells, those next to each other that are empty for one reason as one. */
import { sourceKey } from '../sim/source-cells/source-vantages.ts'
import type { SourceCell, SourceQuestion } from '../sim/source-cells/source-cell.ts'

/** Questions with the same empty answer; every other stands alone. `cell` is absent while the lab works on it. */
export interface CellRun {
  readonly questions: readonly [SourceQuestion, ...SourceQuestion[]]
  readonly cell: SourceCell | undefined
}

/** The runs of a row, in the order of its questions. */
export function runsOf(
  questions: readonly SourceQuestion[],
  cells: Readonly<Record<string, SourceCell>>,
): readonly CellRun[] {
  const runs: CellRun[] = []
  for (const question of questions) {
    const cell = cells[sourceKey(question)]
    const last = runs.at(-1)
    const isSame =
      cell?.kind === 'none' && last?.cell?.kind === 'none' && last.cell.reason.id === cell.reason.id
    if (isSame) runs[runs.length - 1] = { ...last, questions: [...last.questions, question] }
    else runs.push({ questions: [question], cell })
  }
  return runs
}
