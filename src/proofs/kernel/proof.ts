/** What a proof says in the end: areas, each with what passed and what failed. */

export interface Check {
  readonly what: string
  /** What was wanted and what came; absent: it passed. */
  readonly difference?: string
}

export interface Area {
  readonly title: string
  readonly checks: readonly Check[]
}

/** Prints an area in a line, and each of its failures. */
export function printArea({ title, checks }: Area): void {
  const failed = checks.filter(({ difference }) => difference !== undefined)
  console.log(`${title}: ${checks.length - failed.length} of ${checks.length}`)
  for (const { what, difference } of failed) console.log(`✕ ${what}\n  ${difference}`)
}
