/** Sizes of texts as the wire counts them. */

/** Bytes of a text in UTF-8. */
export function utf8Length(text: string): number {
  return Array.from(text).reduce<number>((sum, char) => {
    const code = char.codePointAt(0) ?? 0
    return sum + (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4)
  }, 0)
}
