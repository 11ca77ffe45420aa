/**
 * Chance as a parameter. One seed gives many named streams, so a draw more in one place never shifts the draws of another.
 * Generator: sfc32 (Chris Doty-Humphrey, PractRand), seeded through xmur3; both public domain, 32-bit, the same on every machine.
 */

/** Gives the stream's next integer, 0 ≤ n < 2^31: what the kernel's `get_random_u32() & 0x7FFFFFFF` gives to `statistic`. */
export type Draw = () => number

/** 2^31, the number of values that a {@link Draw} can give. */
export const DRAW_RANGE = 2 ** 31

/**
 * Opens the stream `name` of `seed`, at its beginning. The same two give the same integers for ever.
 * @param name what is drawn, for instance `request/tcp/1` or `pod-suffix/default/nginx`
 */
export function openStream(seed: number, name: string): Draw {
  const next = sfc32(`${seed}/${name}`)
  return () => next() >>> 1
}

/** An integer 0 ≤ n < `below`, of one draw. The bias, below 2^-20 for up to 2,000 choices, is beneath what anyone counts. */
export function drawBelow(draw: Draw, below: number): number {
  return Math.floor((draw() / DRAW_RANGE) * below)
}

/** `length` characters of `alphabet`, one draw each. */
export function drawText(draw: Draw, alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet.charAt(drawBelow(draw, alphabet.length))).join('')
}

function sfc32(key: string): () => number {
  const seed = xmur3(key)
  let [a, b, c, counter] = [seed(), seed(), seed(), 1]
  const next = () => {
    const result = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + result
    return result >>> 0
  }
  for (let i = 0; i < 12; i++) next()
  return next
}

function xmur3(text: string): () => number {
  let hash = 1779033703 ^ text.length
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 3432918353)
    hash = (hash << 13) | (hash >>> 19)
  }
  return () => {
    hash = Math.imul(hash ^ (hash >>> 16), 2246822507)
    hash = Math.imul(hash ^ (hash >>> 13), 3266489909)
    hash ^= hash >>> 16
    return hash >>> 0
  }
}
