/** Octets as the rows of a hex view. */

/** Octets a row: what fits into the pane beside offset and letters. */
const WIDTH = 8

/** `offset` in four hexadecimal digits, as `hexdump -C` counts; `octets` in two each; `letters`: ASCII, a dot for what has none. */
export interface HexRow {
  readonly offset: string
  readonly octets: readonly string[]
  readonly letters: string
}

/** The octets from ≤ n < to, eight a row. */
export function hexRows(bytes: Uint8Array, from: number, to: number): readonly HexRow[] {
  const rows: HexRow[] = []
  for (let at = from; at < to; at += WIDTH) {
    const octets = [...bytes.subarray(at, Math.min(at + WIDTH, to))]
    rows.push({
      offset: hex(at, 4),
      octets: octets.map((each) => hex(each, 2)),
      letters: octets.map(letter).join(''),
    })
  }
  return rows
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0')
}

function letter(octet: number): string {
  return octet > 0x20 && octet < 0x7f ? String.fromCharCode(octet) : '.'
}
