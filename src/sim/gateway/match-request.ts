/** Whether one match of a Route fits a request, and if not, what about it differs (apis/v1 HTTPRouteMatch). */
import type { PathMatch, ValueMatch } from '../cluster/gateway-objects.ts'
import { matchPattern } from '../ingress/match-pattern.ts'
import { parsePattern } from '../ingress/parse-pattern.ts'
import type { RouteEntry } from './data-plane.ts'
import type { RuleReason } from './gateway-decision.ts'
import { hostCovers } from './host-names.ts'
import { firstOfEachName } from './precedence.ts'

/** A request as matching needs it. `path` is without the query, as sent. */
export interface MatchedRequest {
  /** Lower case, without port. */
  readonly host: string
  readonly path: string
  readonly query: readonly (readonly [name: string, value: string])[]
  readonly method: string
  readonly headers: readonly (readonly [name: string, value: string])[]
}

/** The first thing that differs, in the order host, path, method, headers, query; undefined where all of it fits. */
export function mismatch(entry: RouteEntry, request: MatchedRequest): RuleReason | undefined {
  const { match, host } = entry
  const { path, method } = match
  if (!hostCovers(host, request.host)) return { kind: 'host-differs', host: request.host, wanted: host }
  const byPath = pathFits(path, request.path)
  if (byPath === 'not-modelled') return { kind: 'regex-not-modelled', pattern: path.value }
  if (byPath === 'differs') return { kind: 'path-differs', path: request.path, wanted: printPath(path) }
  if (method !== undefined && method !== request.method)
    return { kind: 'method-differs', method: request.method, wanted: method }
  for (const header of firstOfEachName(match.headers, (name) => name.toLowerCase())) {
    const got = valueOf(request.headers, (name) => name.toLowerCase() === header.name.toLowerCase())
    const differs = valueMismatch(header, got, 'header-differs')
    if (differs !== undefined) return differs
  }
  for (const parameter of firstOfEachName(match.queryParams, (name) => name)) {
    const got = request.query.find(([name]) => name === parameter.name)?.[1]
    const differs = valueMismatch(parameter, got, 'query-differs')
    if (differs !== undefined) return differs
  }
  return undefined
}

/** `Exact /foo`, as a person reads it. */
export function printPath(path: PathMatch): string {
  return `${path.type} ${path.value}`
}

/** Whether whole elements of the path begin with the prefix; a trailing `/` of the prefix is ignored. */
function prefixCovers(prefix: string, path: string): boolean {
  const bare = prefix.replace(/\/+$/, '')
  return path === bare || path.startsWith(`${bare}/`)
}

function pathFits(match: PathMatch, path: string): 'fits' | 'differs' | 'not-modelled' {
  switch (match.type) {
    case 'Exact':
      return match.value === path ? 'fits' : 'differs'
    case 'PathPrefix':
      return prefixCovers(match.value, path) ? 'fits' : 'differs'
    case 'RegularExpression':
      return patternFits(match.value, path)
  }
}

/** Of the whole text, as Envoy's safe_regex has it; the dialect is left to the implementation. */
function patternFits(pattern: string, text: string): 'fits' | 'differs' | 'not-modelled' {
  const ignoreCase = pattern.startsWith('(?i)')
  const parsed = parsePattern(`^(?:${ignoreCase ? pattern.slice(4) : pattern})$`, { ignoreCase })
  if (!parsed.ok) return 'not-modelled'
  const matched = matchPattern(parsed.pattern, text)
  return matched.kind === 'matched' ? 'fits' : matched.kind === 'no-match' ? 'differs' : 'not-modelled'
}

/** Several fields of one name are one value, joined by commas (RFC 9110 §5.2). */
function valueOf(headers: MatchedRequest['headers'], isNamed: (name: string) => boolean): string | undefined {
  const values = headers.filter(([name]) => isNamed(name)).map(([, value]) => value)
  return values.length === 0 ? undefined : values.join(',')
}

function valueMismatch(
  match: ValueMatch,
  got: string | undefined,
  kind: 'header-differs' | 'query-differs',
): RuleReason | undefined {
  const differs = { kind, name: match.name, wanted: match.value, got: got ?? '' } as const
  if (got === undefined) return differs
  if (match.type === 'Exact') return got === match.value ? undefined : differs
  const fits = patternFits(match.value, got)
  if (fits === 'not-modelled') return { kind: 'regex-not-modelled', pattern: match.value }
  return fits === 'fits' ? undefined : differs
}
