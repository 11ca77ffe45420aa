/**
 * What `rewrite-target` makes of a request: `rewrite "(?i)PATH" TARGET break;`.
 * Models buildProxyPass (ingress-nginx internal/ingress/controller/template/template.go) and nginx's rewrite module, which matches
 * the decoded path, replaces all of it, appends the query, and escapes what it sends.
 */
import { needsRewrite } from './double-prefix.ts'
import { matchPattern } from './match-pattern.ts'
import type { NormalisedUri } from './normalise-uri.ts'
import { parsePattern } from './parse-pattern.ts'
import { byteText } from './byte-text.ts'
import type { Location } from './virtual-server.ts'

export type RewrittenTarget =
  | { readonly kind: 'as-sent' }
  | { readonly kind: 'rewritten'; readonly target: string }
  | { readonly kind: 'too-costly' | 'not-modelled' }

/** The request target for the Pod. A pattern that does not match leaves the target as the client sent it. */
export function rewriteTarget(
  location: Location,
  uri: Extract<NormalisedUri, { ok: true }>,
): RewrittenTarget {
  const target = location.annotations.rewriteTarget
  if (target === undefined || !needsRewrite(location)) return { kind: 'as-sent' }
  const parsed = parsePattern(byteText(location.path), { ignoreCase: true })
  if (!parsed.ok) return { kind: 'not-modelled' }
  const match = matchPattern(parsed.pattern, uri.path)
  if (match.kind === 'too-costly') return { kind: 'too-costly' }
  if (match.kind === 'no-match') return { kind: 'as-sent' }
  // A `?` at the end drops the client's query (ngx_http_rewrite).
  const dropsQuery = target.endsWith('?')
  const [replacement = '', ownQuery] = byteText(dropsQuery ? target.slice(0, -1) : target).split(/\?(.*)/s)
  const fill = (text: string) =>
    text.replace(/\$(\d)/g, (_, digit: string) => match.groups[Number(digit)] ?? '')
  const queries = [...(ownQuery ? [fill(ownQuery)] : []), ...(uri.query && !dropsQuery ? [uri.query] : [])]
  const path = escapePath(fill(replacement))
  return { kind: 'rewritten', target: queries.length === 0 ? path : `${path}?${queries.join('&')}` }
}

/** ngx_escape_uri, NGX_ESCAPE_URI (since nginx 1.21.1): what RFC 3986 allows in no path, and `%`, `#`, `?`. */
function escapePath(bytes: string): string {
  return bytes.replace(
    /[\0-\x20"#%<>?\\^`{|}\x7f-\xff]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}
