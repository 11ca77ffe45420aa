/**
 * Which location takes a path: `=`, else the longest prefix, else, before that prefix, the first regular expression.
 * Models ngx_http_core_find_location and ngx_http_core_find_static_location (nginx src/http/ngx_http_core_module.c). Found by tables, as
 * nginx has its static locations in a tree; a test compares with the plain search.
 */
import { byteText } from './byte-text.ts'
import { matchPattern } from './match-pattern.ts'
import type { ParsedPattern } from './parse-pattern.ts'
import { parsePattern } from './parse-pattern.ts'
import type { Location } from './virtual-server.ts'

/** What came of the search. `prefix`: the longest one that fits, which a regular expression may have beaten. */
export type FoundLocation =
  | { readonly kind: 'found'; readonly location: Location; readonly prefix?: Location }
  /** Only the final `/` is missing: 301 to the location's path. */
  | { readonly kind: 'slash-missing'; readonly location: Location; readonly prefix?: Location }
  | { readonly kind: 'none' }
  /** The search ended at this pattern. */
  | {
      readonly kind: 'regex-too-costly' | 'regex-not-modelled'
      readonly location: Location
      readonly prefix?: Location
    }

/** Finds the location. @param path normalised, bytes as characters */
export function findLocation(locations: readonly Location[], path: string): FoundLocation {
  const tables = tablesOf(locations)
  const exact = tables.exact.get(path)
  if (exact !== undefined) return { kind: 'found', location: exact }
  const longest = longestPrefix(tables, path)
  const prefix = longest === undefined ? {} : { prefix: longest }
  // A location that is the path plus `/` ends the search as well, unless one is the path itself.
  const below = tables.prefixes.has(path) ? undefined : slashOf(tables, `${path}/`)
  if (below !== undefined) return { kind: 'slash-missing', location: below, ...prefix }
  for (const { location, pattern } of tables.patterns) {
    if (!pattern.ok) return { kind: 'regex-not-modelled', location, ...prefix }
    const { kind } = matchPattern(pattern.pattern, path)
    if (kind === 'matched') return { kind: 'found', location, ...prefix }
    if (kind === 'too-costly') return { kind: 'regex-too-costly', location, ...prefix }
  }
  return longest === undefined ? { kind: 'none' } : { kind: 'found', location: longest, ...prefix }
}

/** `=` in file order, prefixes by length, regular expressions in file order. */
export function inLookupOrder(locations: readonly Location[]): readonly Location[] {
  const of = (match: Location['match']) => locations.filter((location) => location.match === match)
  return [...of('exact'), ...of('prefix').toSorted((a, b) => b.path.length - a.path.length), ...of('regex')]
}

/** Lives as long as its locations. Names are bytes, one character each. */
interface Tables {
  readonly exact: ReadonlyMap<string, Location>
  readonly prefixes: ReadonlyMap<string, Location>
  /** How long prefixes are, the longest first. */
  readonly lengths: readonly number[]
  readonly patterns: readonly { readonly location: Location; readonly pattern: ParsedPattern }[]
}

const known = new WeakMap<readonly Location[], Tables>()

function tablesOf(locations: readonly Location[]): Tables {
  const found = known.get(locations)
  if (found !== undefined) return found
  const order = inLookupOrder(locations)
  const table = (match: Location['match']) =>
    new Map(
      order
        .filter((each) => each.match === match)
        .toReversed()
        .map((each) => [byteText(each.path), each]),
    )
  const prefixes = table('prefix')
  const made: Tables = {
    exact: table('exact'),
    prefixes,
    lengths: [...new Set([...prefixes.keys()].map(({ length }) => length))].toSorted((a, b) => b - a),
    patterns: order
      .filter(({ match }) => match === 'regex')
      .map((location) => ({
        location,
        pattern: parsePattern(`^${byteText(location.path)}`, { ignoreCase: true }),
      })),
  }
  known.set(locations, made)
  return made
}

function longestPrefix({ prefixes, lengths }: Tables, path: string): Location | undefined {
  for (const length of lengths) {
    const found = length > path.length ? undefined : prefixes.get(path.slice(0, length))
    if (found !== undefined) return found
  }
  return undefined
}

/** nginx redirects only to a location that passes requests on. */
function slashOf({ exact, prefixes }: Tables, name: string): Location | undefined {
  return [exact.get(name), prefixes.get(name)].find((each) => each?.handler.kind === 'proxy')
}
