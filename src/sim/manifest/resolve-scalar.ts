/**
 * What a plain YAML scalar means to kubectl: go-yaml v2's resolve.go, then JSON (sigs.k8s.io/yaml). YAML 1.1 without sexagesimal
 * numbers; timestamps stay strings.
 */
import type { JsonValue } from './manifest.ts'

const words: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ...spread(['y', 'yes', 'on', 'true'], true),
  ...spread(['n', 'no', 'off', 'false'], false),
  ['', null],
  ['~', null],
  ...spread(['null'], null),
])

/** go-yaml v2's yamlStyleFloat. */
const float = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/

/**
 * Reads a plain scalar's text: `yes` is true, `0120` is 80, `0x7531` is 30001, `8_080` is 8080, `1:30` and `2026-01-10` are strings.
 * What JSON cannot hold (`.inf`, `.nan`) stays the string that it is.
 */
export function resolvePlain(text: string): JsonValue {
  const word = words.get(text)
  if (word !== undefined) return word
  if (!/^[-+.0-9]/.test(text)) return text
  const digits = text.replaceAll('_', '')
  return integer(digits) ?? (float.test(digits) ? Number(digits) : text)
}

/** Go's strconv.ParseInt with base 0: a prefix decides the base, and a bare leading 0 means octal. */
function integer(text: string): number | undefined {
  const [, sign = '', digits = ''] = /^([-+]?)(.*)$/s.exec(text) ?? []
  const value = unsigned(digits)
  if (value === undefined) return undefined
  return sign === '-' && value !== 0 ? -value : value
}

function unsigned(digits: string): number | undefined {
  if (/^(0|[1-9][0-9]*)$/.test(digits)) return Number(digits)
  if (/^0[xX][0-9a-fA-F]+$/.test(digits) || /^0[bB][01]+$/.test(digits)) return Number(digits.toLowerCase())
  const octal = /^0[oO]?([0-7]+)$/.exec(digits)
  return octal?.[1] === undefined ? undefined : Number.parseInt(octal[1], 8)
}

/** go-yaml knows each word in lower case, with a capital, and in capitals; never in a mixture. */
function spread<T>(list: readonly string[], value: T): [string, T][] {
  return list.flatMap((word): [string, T][] => [
    [word, value],
    [word.charAt(0).toUpperCase() + word.slice(1), value],
    [word.toUpperCase(), value],
  ])
}
