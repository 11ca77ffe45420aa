/**
 * The consistent hash of lua-resty-balancer (chash.c, lib/resty/chash.lua): 160 points a member on a ring of 32 bits, each the CRC-32
 * of the one before it. Two members with the same point stay in the order in which they are given; Lua's is that of a hash table.
 */

const pointsPerMember = 160

/** The member that a key falls to: that of the last point at or below the key's CRC-32, else of the first point. Undefined without members. */
export function hashToMember(members: readonly string[], key: string): string | undefined {
  const hash = crc32(key)
  const points = members.flatMap(pointsOf).toSorted((a, b) => a.hash - b.hash)
  return (points.findLast((point) => point.hash <= hash) ?? points[0])?.member
}

interface Point {
  readonly hash: number
  readonly member: string
}

function pointsOf(member: string): readonly Point[] {
  const base = crc32(member)
  const points: Point[] = []
  let before = 0
  for (let index = 0; index < pointsPerMember; index++) {
    const bytes = [before, before >>> 8, before >>> 16, before >>> 24]
    before = ~updateCrc(base, bytes) >>> 0
    points.push({ hash: before, member })
  }
  return points
}

/** CRC-32 of ISO 3309 (`ngx.crc32_short`) over text in which each character is a byte. */
export function crc32(bytes: string): number {
  const codes = Array.from(bytes, (character) => character.charCodeAt(0))
  return ~updateCrc(0xffffffff, codes) >>> 0
}

function updateCrc(crc: number, bytes: readonly number[]): number {
  return bytes.reduce((sum, byte) => (crcTable[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8), crc)
}

const crcTable = Array.from({ length: 256 }, (_, index) => {
  let crc = index
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1
  return crc >>> 0
})
