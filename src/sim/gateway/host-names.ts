/** Host names as the Gateway API reads them (apis/v1/shared_types.go Hostname): `*.` stands for one or more labels, unlike in an Ingress. */

/** Whether a pattern covers a host: equal without regard to case, `*.` before any number of labels, `''` everything. */
export function hostCovers(pattern: string, host: string): boolean {
  const [known, asked] = [pattern.toLowerCase(), host.toLowerCase()]
  if (known === '' || known === asked) return true
  return known.startsWith('*.') && asked.length > known.length - 1 && asked.endsWith(known.slice(1))
}

/** The more specific of two patterns that meet, or undefined where no host fits both. */
export function intersection(a: string, b: string): string | undefined {
  if (hostCovers(a, b)) return b === '' ? a : b
  return hostCovers(b, a) ? (a === '' ? b : a) : undefined
}

/**
 * Orders patterns from the most specific on: names without `*` first, then by length; `''` last. Of two patterns that cover one host,
 * the one that comes first is the one that counts.
 */
export function byHostSpecificity(a: string, b: string): number {
  const kind = (pattern: string) => (pattern === '' ? 2 : pattern.startsWith('*.') ? 1 : 0)
  return kind(a) - kind(b) || b.length - a.length
}

/** A Host header's name: without port, in lower case. */
export function hostOfHeader(header: string): string {
  const text = header.trim()
  return (/^\[[^\]]*\]/.exec(text)?.[0] ?? text.replace(/:.*$/, '')).toLowerCase()
}
