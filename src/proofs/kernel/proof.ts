/** What a proof says in the end: areas, each with what passed and what failed. */

export interface Check {
  readonly what: string
  /** What was wanted and what came; absent: it passed. */
  readonly difference?: string
}

/** What the report counts together. */
export type ReportArea = 'iptables' | 'nftables' | 'round-trip' | 'memory' | 'conntrack' | 'ration' | 'random'

export interface Area {
  readonly report: ReportArea
  readonly title: string
  readonly checks: readonly Check[]
}

/** What the page "How true is this?" shows of a run. */
export interface KernelReport {
  readonly kernel: string
  readonly iptables: string
  readonly nft: string
  /** At random, each with so many flows. */
  readonly clusters: number
  readonly flowsEach: number
  readonly areas: readonly { readonly area: ReportArea; readonly passed: number; readonly of: number }[]
}

/** The counts of all areas that are reported together. */
export function counted(areas: readonly Area[]): KernelReport['areas'] {
  const order: readonly ReportArea[] = [
    'iptables',
    'nftables',
    'round-trip',
    'memory',
    'conntrack',
    'ration',
    'random',
  ]
  return order.map((area) => {
    const checks = areas.filter(({ report }) => report === area).flatMap((each) => each.checks)
    return {
      area,
      passed: checks.filter(({ difference }) => difference === undefined).length,
      of: checks.length,
    }
  })
}

/** Prints an area in a line, and each of its failures. */
export function printArea({ title, checks }: Area): void {
  const failed = checks.filter(({ difference }) => difference !== undefined)
  console.log(`${title}: ${checks.length - failed.length} of ${checks.length}`)
  for (const { what, difference } of failed) console.log(`✕ ${what}\n  ${difference}`)
}
