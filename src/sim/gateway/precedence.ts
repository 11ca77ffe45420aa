/**
 * Which of two matches comes first (apis/v1 HTTPRouteSpec.Hostnames, HTTPRouteRule.Matches): the more specific host name; Exact
 * before a regular expression before a prefix, the longer one first; a method given; more headers; more query parameters; then the
 * older Route, its namespace and name, and its own order. Where a regular expression stands is left to the implementation; ours has
 * it where Envoy Gateway has it (internal/gatewayapi/sort.go).
 */
import type { HttpRouteMatch, ValueMatch } from '../cluster/gateway-objects.ts'
import type { RouteEntry } from './data-plane.ts'
import { byHostSpecificity } from './host-names.ts'

/** What decides between two matches. */
export type PrecedenceRule =
  'host' | 'path-type' | 'path-length' | 'method' | 'headers' | 'query' | 'age' | 'name' | 'order'

type Step = readonly [PrecedenceRule, (a: RouteEntry, b: RouteEntry) => number]

const steps: readonly Step[] = [
  ['host', (a, b) => byHostSpecificity(a.host, b.host)],
  ['path-type', (a, b) => pathRank(a.match) - pathRank(b.match)],
  ['path-length', (a, b) => b.match.path.value.length - a.match.path.value.length],
  ['method', (a, b) => methodRank(a.match) - methodRank(b.match)],
  ['headers', (a, b) => distinct(b.match.headers) - distinct(a.match.headers)],
  ['query', (a, b) => distinct(b.match.queryParams) - distinct(a.match.queryParams)],
  ['age', (a, b) => a.createdAtMs - b.createdAtMs],
  ['name', (a, b) => compareText(nameOf(a), nameOf(b))],
  [
    'order',
    (a, b) => a.ruleIndex - b.ruleIndex || a.matchIndex - b.matchIndex || compareText(a.host, b.host),
  ],
]

/** A total order: 0 only for an entry and itself. */
export function byPrecedence(a: RouteEntry, b: RouteEntry): number {
  for (const [, compare] of steps) {
    const order = compare(a, b)
    if (order !== 0) return order
  }
  return 0
}

/** The first rule by which two different entries are told apart. */
export function precedenceRule(a: RouteEntry, b: RouteEntry): PrecedenceRule {
  return steps.find(([, compare]) => compare(a, b) !== 0)?.[0] ?? 'order'
}

/** The entries that count: of several with one name the first. */
export function firstOfEachName(
  matches: readonly ValueMatch[],
  nameOf: (name: string) => string,
): readonly ValueMatch[] {
  const names = matches.map(({ name }) => nameOf(name))
  return matches.filter((each, index) => names.indexOf(nameOf(each.name)) === index)
}

function pathRank({ path }: HttpRouteMatch): number {
  return ['Exact', 'RegularExpression', 'PathPrefix'].indexOf(path.type)
}

function methodRank({ method }: HttpRouteMatch): number {
  return method === undefined ? 1 : 0
}

function distinct(matches: readonly ValueMatch[]): number {
  return new Set(matches.map(({ name }) => name.toLowerCase())).size
}

function nameOf({ route }: RouteEntry): string {
  return `${route.namespace}/${route.name}`
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
