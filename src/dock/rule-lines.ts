/** `iptables-save` text as lines that know which rule they are. */

/** One line; `ruleId` where it is a rule: table, chain and number from 1, as `iptables -L --line-numbers` counts. */
export interface RuleLine {
  readonly text: string
  readonly ruleId?: string
}

/** The lines of a dump, in order. Counters before a rule (`[12:720] -A …`) are allowed; anything else is a line without a rule. */
export function ruleLines(text: string): readonly RuleLine[] {
  const counts = new Map<string, number>()
  let table = ''
  return linesOf(text).map((line) => {
    if (line.startsWith('*')) table = line.slice(1).trim()
    const chain = /^(?:\[\d+:\d+\] )?-A (\S+)/.exec(line)?.[1]
    if (chain === undefined) return { text: line }
    const place = `${table} ${chain}`
    const number = (counts.get(place) ?? 0) + 1
    counts.set(place, number)
    return { text: line, ruleId: `${place} ${number}` }
  })
}

/** A text's lines; the final newline makes no line of its own. */
function linesOf(text: string): readonly string[] {
  const lines = text.split('\n')
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}
