/** Text as nginx compares it: bytes. One character a byte, so that `===` and `startsWith` compare bytes. */

/** The UTF-8 bytes of a text, one character each. A lone surrogate becomes U+FFFD, as an encoder would make of it. */
export function byteText(text: string): string {
  if (!/[^\0-\x7f]/.test(text)) return text
  const wellFormed = text.replace(/\p{Surrogate}/gu, '\uFFFD')
  return encodeURIComponent(wellFormed).replace(/%([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
}
