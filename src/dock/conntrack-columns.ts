/** Lines of `conntrack -L` cut into columns, so that connections stand under each other. */

/** One connection. Literal text, in the tool's order; a cell without a value is `''`. */
export interface ConntrackRow {
  readonly text: string
  readonly protocol: string
  readonly timeout: string
  readonly state: string
  readonly original: string
  readonly reply: string
  /** `UNREPLIED` and `ASSURED`, without their brackets. */
  readonly flags: readonly string[]
}

/** The connections of a dump. Lines that are none (`conntrack v1.4.7 …: 3 flow entries`) are left out. */
export function conntrackRows(text: string): readonly ConntrackRow[] {
  return text.split('\n').flatMap((line) => rowOf(line) ?? [])
}

/** Whether two lines are of one connection: its first direction identifies it, its state and timeout pass. */
export function isSameConnection(row: ConntrackRow, other: ConntrackRow | undefined): boolean {
  return row.protocol === other?.protocol && row.original === other.original
}

function rowOf(line: string): ConntrackRow | undefined {
  const words = line.trim().split(/\s+/)
  const tuples = words.filter((word) => /^(src|dst|sport|dport|type|code|id)=/.test(word))
  const [protocol = '', , timeout = '', state = ''] = words
  if (tuples.length < 2 || !/^\d+$/.test(timeout)) return undefined
  const second = tuples.findIndex((word, index) => index > 0 && word.startsWith('src='))
  const cut = second < 0 ? tuples.length : second
  return {
    text: line,
    protocol,
    timeout,
    state: /^[A-Z_]+$/.test(state) ? state : '',
    original: tuples.slice(0, cut).join(' '),
    reply: tuples.slice(cut).join(' '),
    flags: words.flatMap((word) => /^\[([A-Z]+)\]$/.exec(word)?.[1] ?? []),
  }
}
