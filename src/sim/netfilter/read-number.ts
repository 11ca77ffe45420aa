/** Numbers and ports as iptables reads them (libxtables xtables_strtoui, xtables_parse_port): decimal or `0x`, 32 bits. */
import type { PortRange } from './ruleset.ts'

/** The number, or undefined where the text is none or it lies above `max`. */
export function readNumber(text: string, max = 0xffffffff): number | undefined {
  if (!/^(0x[\da-f]+|\d+)$/i.test(text)) return undefined
  const value = Number(text)
  return value <= max ? value : undefined
}

/** `80` or `1000:2000`; an open end is the lowest or highest port. */
export function readPortRange(text: string): PortRange | undefined {
  const [first = '', last, more] = text.split(':')
  const from = first === '' && last !== undefined ? 0 : readNumber(first, 65535)
  const to = last === undefined ? from : last === '' ? 65535 : readNumber(last, 65535)
  return from === undefined || to === undefined || more !== undefined || from > to ? undefined : { from, to }
}
