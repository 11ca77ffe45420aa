/**
 * Which location takes a path: `=`, else the longest prefix, else, before that prefix, the first regular expression.
 * Models ngx_http_core_find_location and ngx_http_core_find_static_location (nginx src/http/ngx_http_core_module.c).
 */
import { byteText } from './byte-text.ts'
import type { DecisionCandidate, DecisionReason } from './decision.ts'
import { matchPattern } from './match-pattern.ts'
import { parsePattern } from './parse-pattern.ts'
import type { Location } from './virtual-server.ts'

/** What came of the search. `candidates` are in nginx's order: `=`, prefixes by length, regular expressions in file order. */
export type LocationChoice = { readonly candidates: readonly DecisionCandidate[] } & (
  | { readonly kind: 'found'; readonly location: Location }
  /** Only the final `/` is missing: 301 to the location's path. */
  | { readonly kind: 'slash-missing'; readonly location: Location }
  | { readonly kind: 'none' }
  | { readonly kind: 'regex-too-costly'; readonly location: Location }
  | { readonly kind: 'regex-not-modelled'; readonly location: Location }
)

interface Judged {
  readonly location: Location
  readonly verdict: DecisionCandidate['verdict']
  readonly reason: DecisionReason
}

/** Chooses. @param path normalised, bytes as characters */
export function chooseLocation(locations: readonly Location[], path: string): LocationChoice {
  const order = inLookupOrder(locations)
  const fixed = staticWinner(order, path)
  const prefix = order.find(({ match, path: name }) => match === 'prefix' && path.startsWith(byteText(name)))
  const judged: Judged[] = []
  let ended = false
  for (const location of order) {
    const each: Judged = ended ? notReached(location) : judge(location, path, fixed ?? prefix)
    judged.push(each)
    // Regular expressions are tried one after the other, and what cannot be tried ends the search as well.
    const stops = each.reason.kind === 'regex-too-costly' || each.reason.kind === 'regex-not-modelled'
    ended ||= each.location === fixed || stops || each.reason.kind === 'regex-fits'
  }
  return conclude(judged, fixed, prefix, path)
}

/** `=` in file order, prefixes by length, regular expressions in file order. */
export function inLookupOrder(locations: readonly Location[]): readonly Location[] {
  const of = (match: Location['match']) => locations.filter((location) => location.match === match)
  return [...of('exact'), ...of('prefix').toSorted((a, b) => b.path.length - a.path.length), ...of('regex')]
}

/** `location = "/foo"`, `location "/"`, `location ~* "^/foo"`, as ingress-nginx ≥ 1.14.3 prints it. */
export function locationHead({ match, path }: Pick<Location, 'match' | 'path'>): string {
  switch (match) {
    case 'exact':
      return `location = "${path}"`
    case 'prefix':
      return `location "${path}"`
    case 'regex':
      return `location ~* "^${path}"`
  }
}

/** What ends the search before any regular expression: an equal `=`, or a proxying location that is the path plus `/`. */
function staticWinner(order: readonly Location[], path: string): Location | undefined {
  const named = (name: string) =>
    order.filter((each) => each.match !== 'regex' && byteText(each.path) === name)
  const equal = named(path)
  const exact = equal.find(({ match }) => match === 'exact')
  if (exact !== undefined || equal.length > 0) return exact
  return named(`${path}/`).find(({ handler }) => handler.kind === 'proxy')
}

function judge(location: Location, path: string, winner: Location | undefined): Judged {
  const name = byteText(location.path)
  const lost = (reason: DecisionReason): Judged => ({ location, verdict: 'lost', reason })
  const won = (reason: DecisionReason): Judged => ({ location, verdict: 'won', reason })
  if (location === winner && name === `${path}/`) return won({ kind: 'slash-missing', path })
  switch (location.match) {
    case 'exact':
      return location === winner ? won({ kind: 'path-equal', path }) : lost({ kind: 'path-differs', path })
    case 'prefix':
      if (!path.startsWith(name)) return lost({ kind: 'prefix-differs', path })
      if (location === winner) return won({ kind: 'prefix-fits', path })
      return lost({ kind: 'prefix-shorter', path, than: winner?.path ?? '' })
    case 'regex':
      return judgePattern(location, path)
  }
}

function judgePattern(location: Location, path: string): Judged {
  const pattern = parsePattern(`^${byteText(location.path)}`, { ignoreCase: true })
  if (!pattern.ok) return { location, verdict: 'lost', reason: { kind: 'regex-not-modelled', path } }
  const match = matchPattern(pattern.pattern, path)
  switch (match.kind) {
    case 'matched':
      return { location, verdict: 'won', reason: { kind: 'regex-fits', path } }
    case 'no-match':
      return { location, verdict: 'lost', reason: { kind: 'regex-differs', path } }
    case 'too-costly':
      return { location, verdict: 'lost', reason: { kind: 'regex-too-costly', path } }
  }
}

function notReached(location: Location): Judged {
  return { location, verdict: 'not-tried', reason: { kind: 'earlier-won' } }
}

function conclude(
  judged: readonly Judged[],
  fixed: Location | undefined,
  prefix: Location | undefined,
  path: string,
): LocationChoice {
  const last = judged.find(
    ({ reason }) => reason.kind.startsWith('regex-') && reason.kind !== 'regex-differs',
  )
  const beaten = fixed === undefined && last !== undefined
  const candidates = judged.map(({ location, verdict, reason }): DecisionCandidate => {
    const name = locationHead(location)
    return beaten && location === prefix
      ? { name, verdict: 'lost', reason: { kind: 'prefix-below-regex', path } }
      : { name, verdict, reason }
  })
  if (fixed !== undefined)
    return { kind: byteText(fixed.path) === path ? 'found' : 'slash-missing', location: fixed, candidates }
  if (last?.reason.kind === 'regex-too-costly' || last?.reason.kind === 'regex-not-modelled')
    return { kind: last.reason.kind, location: last.location, candidates }
  const location = last?.location ?? prefix
  return location === undefined ? { kind: 'none', candidates } : { kind: 'found', location, candidates }
}
