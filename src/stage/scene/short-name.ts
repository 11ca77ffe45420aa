/** Names that generators made long: the middle goes, the last five letters stay, for they tell one Pod from another. */

const tail = 5

/** `nginx-7c5ddbdf54-zwx27` → `nginx-…-zwx27`. The name itself where it fits into `most` characters. */
export function shortName(name: string, most: number): string {
  if (name.length <= most) return name
  const parts = name.split('-')
  const last = parts.at(-1) ?? ''
  if (parts.length < 3 || last.length !== tail)
    return `${name.slice(0, Math.max(1, most - tail - 1))}…${name.slice(-tail)}`
  const head = parts.slice(0, -2).join('-')
  return `${head.slice(0, Math.max(1, most - tail - 3))}-…-${last}`
}
