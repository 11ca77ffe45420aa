/** Where the parts of a message lie in its bytes (RFC 1035 §4.1), and where in them names stand that may be compressed (§4.1.4). */

/** A part of a message: octets from ≤ n < to. */
export interface MessagePart {
  readonly section: 'header' | 'question' | 'answer' | 'authority' | 'additional'
  readonly from: number
  readonly to: number
  /** A record's owner, type, class, TTL and length take the octets before this one. Absent for header and question. */
  readonly dataFrom?: number
}

/** The type numbers whose data holds names that a sender may compress, and how many octets stand before the first (RFC 3597 §4). */
const namesInData: ReadonlyMap<number, { readonly at: number; readonly count: number }> = new Map([
  [2, { at: 0, count: 1 }], // NS
  [5, { at: 0, count: 1 }], // CNAME
  [6, { at: 0, count: 2 }], // SOA
  [12, { at: 0, count: 1 }], // PTR
  [15, { at: 2, count: 1 }], // MX
])

/** Header, question and every record, in order. The bytes are those of a sound message: its counts are believed. */
export function messageParts(bytes: Uint8Array): readonly MessagePart[] {
  const parts: MessagePart[] = [{ section: 'header', from: 0, to: 12 }]
  let at = 12
  for (let count = read16(bytes, 4); count > 0; count--) {
    const from = at
    at = nameEnd(bytes, at) + 4
    parts.push({ section: 'question', from, to: at })
  }
  for (const [index, section] of (['answer', 'authority', 'additional'] as const).entries())
    for (let count = read16(bytes, 6 + 2 * index); count > 0; count--) {
      const from = at
      const dataFrom = nameEnd(bytes, at) + 10
      at = dataFrom + read16(bytes, dataFrom - 2)
      parts.push({ section, from, to: at, dataFrom })
    }
  return parts
}

/** Where names begin in a part that may be compressed: the owner or the asked name, then those in the data. */
export function nameStarts(bytes: Uint8Array, { section, from, dataFrom }: MessagePart): readonly number[] {
  if (section === 'header') return []
  if (dataFrom === undefined) return [from]
  const names = namesInData.get(read16(bytes, dataFrom - 10))
  if (names === undefined) return [from]
  const first = dataFrom + names.at
  return names.count === 1 ? [from, first] : [from, first, nameEnd(bytes, first)]
}

/** The octet behind a name: behind its root label, or behind the pointer that it ends in. */
export function nameEnd(bytes: Uint8Array, from: number): number {
  let at = from
  for (;;) {
    const length = bytes[at] ?? 0
    if (length === 0) return at + 1
    if (length >= 0xc0) return at + 2
    at += 1 + length
  }
}

function read16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0)
}
