/** Character strings (RFC 1035 §3.3) as a zone file prints them: each in quotes, `\"` and `\\` escaped, parted by a blank. */

/** The strings that TXT or HINFO data is made of. Data without quotes is one string. */
export function characterStrings(data: string): readonly string[] {
  const quoted = data.match(/"(?:\\.|[^"\\])*"/g)
  return quoted === null ? [data] : quoted.map((each) => each.slice(1, -1).replace(/\\(.)/g, '$1'))
}

/** The strings as data; the other way round. */
export function printCharacterStrings(strings: readonly string[]): string {
  return strings.map((each) => `"${each.replace(/["\\]/g, '\\$&')}"`).join(' ')
}
