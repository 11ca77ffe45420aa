/**
 * What connection tracking has counted, as `conntrack -S` prints it (conntrack-tools 1.4.7, Linux 6.1).
 * Models the NF_CT_STAT_INC of Linux net/netfilter/nf_conntrack_core.c. Which CPU takes a packet is not modelled: the first counts
 * all. What only crowds meet stays at 0: `found` (a port that a rewrite tried and that was taken), `search_restart`.
 */

/** What may be counted of a packet. */
export type ConntrackCount =
  /** It belongs to no connection and opens none: a stray segment, an echo reply that nobody asked for. */
  | 'invalid'
  /** A new connection whose replies could be another's. */
  | 'insertFailed'
  /** Another CPU was first to insert the very same connection. */
  | 'clashResolve'
  | 'drop'
  /** A connection that gave its place in a full table to a new one. */
  | 'earlyDrop'

/** How often each was counted; one that is not there: never. */
export type ConntrackStatistics = Readonly<Partial<Record<ConntrackCount, number>>>

/** The statistics with these counted once more. */
export function countMore(
  before: ConntrackStatistics,
  counts: readonly ConntrackCount[],
): ConntrackStatistics {
  return counts.reduce((sums, count) => ({ ...sums, [count]: (sums[count] ?? 0) + 1 }), before)
}

/** What both have counted together. */
export function countAll(one: ConntrackStatistics, other: ConntrackStatistics): ConntrackStatistics {
  const counts = ['invalid', 'insertFailed', 'clashResolve', 'drop', 'earlyDrop'] as const
  return Object.fromEntries(counts.map((count) => [count, (one[count] ?? 0) + (other[count] ?? 0)]))
}

/** The text of `conntrack -S`, a line a CPU. */
export function printConntrackStatistics(statistics: ConntrackStatistics, cpus: number): string {
  return Array.from({ length: Math.max(cpus, 1) }, (_, cpu) =>
    printCpu(cpu, cpu === 0 ? statistics : {}),
  ).join('')
}

function printCpu(cpu: number, counted: ConntrackStatistics): string {
  const { invalid = 0, insertFailed = 0, clashResolve = 0, drop = 0, earlyDrop = 0 } = counted
  const columns = [
    'found=0',
    `invalid=${invalid}`,
    'insert=0', // no longer counted since Linux 4.7
    `insert_failed=${insertFailed}`,
    `drop=${drop}`,
    `early_drop=${earlyDrop}`,
    'error=0',
    'search_restart=0',
    `clash_resolve=${clashResolve}`,
    'chaintoolong=0',
  ]
  return `cpu=${String(cpu).padEnd(4)}\t${columns.join(' ')} \n`
}
