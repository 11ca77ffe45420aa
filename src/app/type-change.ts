/** Types a change into its file for the person and has it applied, as whatever is typed. */
import type { TextChange } from '../sim/text-change.ts'
import type { Edits } from './edits.ts'
import type { Page } from './page.ts'
import { textOf } from './selectors.ts'

/** What stood in the way of a change. */
export type ChangeProblem = Exclude<TextChange, { kind: 'edit' | 'unchanged' }>

/** The texts of the files that stand applied, as typed: what the lab looks for the place to type in. */
export function standingTexts({ get }: Page): readonly { readonly file: string; readonly text: string }[] {
  const standing = get().snapshot.files.filter(({ applied, patchOf }) => applied && patchOf === undefined)
  return standing.map(({ name }) => ({ file: name, text: textOf(get(), name) }))
}

/** Undefined once the cluster has it. */
export async function typeChange(
  { get }: Page,
  edits: Edits,
  change: TextChange,
): Promise<ChangeProblem | undefined> {
  if (change.kind === 'unchanged') return undefined
  if (change.kind !== 'edit') return change
  edits.typed(change.file, change.text)
  await edits.settle()
  const problem = get().problems[change.file]?.find(({ severity }) => severity === 'error')
  return problem === undefined ? undefined : { kind: 'broken', problem }
}
