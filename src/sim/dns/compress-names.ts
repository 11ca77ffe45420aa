/**
 * Names of a message replaced by pointers (RFC 1035 §4.1.4), as miekg/dns's Compress does for CoreDNS: an ending that stood before in the
 * very same letters, in the question, as an owner, or in the data of the types of RFC 1035; never the target of an SRV record (RFC 2782).
 * The library for the wire format writes every name in full, so this is done to its bytes.
 */
import { messageParts, nameEnd, nameStarts, type MessagePart } from './message-parts.ts'

/** A pointer has 14 bits for a place. */
const FARTHEST = 2 ** 14

/** The same message in fewer octets. `plain`: a message without pointers. */
export function compressNames(plain: Uint8Array): Uint8Array<ArrayBuffer> {
  const written: Written = { bytes: [], endings: new Map() }
  for (const part of messageParts(plain)) writePart(written, plain, part)
  return Uint8Array.from(written.bytes)
}

/** The octets so far, and where each ending of a name was written first. */
interface Written {
  readonly bytes: number[]
  readonly endings: Map<string, number>
}

function writePart(written: Written, plain: Uint8Array, part: MessagePart): void {
  let at = part.from
  let lengthAt: number | undefined
  for (const start of nameStarts(plain, part)) {
    at = copy(written, plain, at, start)
    if (start !== part.from) lengthAt ??= written.bytes.length - (start - (part.dataFrom ?? start)) - 2
    at = writeName(written, plain, start)
  }
  copy(written, plain, at, part.to)
  // The data has become shorter, and its length stands before it.
  if (lengthAt === undefined) return
  const length = written.bytes.length - lengthAt - 2
  written.bytes.splice(lengthAt, 2, length >> 8, length & 0xff)
}

function copy(written: Written, plain: Uint8Array, from: number, to: number): number {
  written.bytes.push(...plain.subarray(from, to))
  return to
}

/** Writes the name that begins at `start` and gives the octet behind it. */
function writeName({ bytes, endings }: Written, plain: Uint8Array, start: number): number {
  const end = nameEnd(plain, start)
  let at = start
  while (at < end - 1) {
    const ending = plain.subarray(at, end).join()
    const before = endings.get(ending)
    if (before !== undefined) {
      bytes.push(0xc0 | (before >> 8), before & 0xff)
      return end
    }
    if (bytes.length < FARTHEST) endings.set(ending, bytes.length)
    const next = at + 1 + (plain[at] ?? 0)
    bytes.push(...plain.subarray(at, next))
    at = next
  }
  bytes.push(0)
  return end
}
