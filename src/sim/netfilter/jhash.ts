/** Bob Jenkins's hash as the kernel has it: Linux include/linux/jhash.h, jhash2. */

/** Hashes words of 32 bits. */
export function jhash2(words: readonly number[], initial: number): number {
  const start = (0xdeadbeef + (words.length << 2) + initial) | 0
  let [a, b, c] = [start, start, start]
  let at = 0
  for (; words.length - at > 3; at += 3) {
    a = (a + word(words, at)) | 0
    b = (b + word(words, at + 1)) | 0
    c = (c + word(words, at + 2)) | 0
    ;[a, b, c] = mixed(a, b, c)
  }
  const left = words.length - at
  if (left === 0) return c >>> 0
  if (left > 2) c = (c + word(words, at + 2)) | 0
  if (left > 1) b = (b + word(words, at + 1)) | 0
  a = (a + word(words, at)) | 0
  return finished(a, b, c)
}

function word(words: readonly number[], at: number): number {
  return words[at] ?? 0
}

function rotated(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits))
}

function mixed(a: number, b: number, c: number): [number, number, number] {
  a = (a - c) ^ rotated(c, 4)
  c = (c + b) | 0
  b = (b - a) ^ rotated(a, 6)
  a = (a + c) | 0
  c = (c - b) ^ rotated(b, 8)
  b = (b + a) | 0
  a = (a - c) ^ rotated(c, 16)
  c = (c + b) | 0
  b = (b - a) ^ rotated(a, 19)
  a = (a + c) | 0
  c = (c - b) ^ rotated(b, 4)
  b = (b + a) | 0
  return [a, b, c]
}

function finished(a: number, b: number, c: number): number {
  c = (c ^ b) - rotated(b, 14)
  a = (a ^ c) - rotated(c, 11)
  b = (b ^ a) - rotated(a, 25)
  c = (c ^ b) - rotated(b, 16)
  a = (a ^ c) - rotated(c, 4)
  b = (b ^ a) - rotated(a, 14)
  c = (c ^ b) - rotated(b, 24)
  return c >>> 0
}
