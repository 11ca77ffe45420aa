/**
 * How a Prefix path becomes what nginx can match by whole path elements: two locations. And when a server falls into regex mode.
 * Models updateServerLocations (ingress-nginx internal/ingress/controller/location.go) and enforceRegexModifier, buildLocation
 * (internal/ingress/controller/template/template.go).
 */
import type { LocationAnnotations } from './location-annotations.ts'
import type { Location } from './virtual-server.ts'

/** A location before nginx's modifiers: the path of an Ingress with its type. */
export type PathLocation = Omit<Location, 'match'>

/**
 * The locations of one server in the order of nginx.conf: by length descending, then by path descending. Each plain Prefix `/foo`
 * gives `"/foo/"` and, unless an Exact `/foo` exists, `= "/foo"`. One rewrite or regex makes all of them `~* "^PATH"`.
 */
export function nginxLocations(locations: readonly PathLocation[]): readonly Location[] {
  const exactPaths = new Set(locations.filter(({ pathType }) => pathType === 'Exact').map(({ path }) => path))
  const doubled = locations.toSorted(longestFirst).flatMap((location) => double(location, exactPaths))
  const regexMode = doubled.some(needsRegex)
  return doubled.map((location) => ({
    ...location,
    match: regexMode ? 'regex' : location.pathType === 'Exact' ? 'exact' : 'prefix',
  }))
}

/**
 * Whether the location rewrites. The comparison is with the path as it stands now: a target `/foo` on a Prefix `/foo` is no
 * rewrite before doubling, but is one for the doubled `/foo/`.
 */
export function needsRewrite(location: {
  readonly path: string
  readonly annotations: LocationAnnotations
}): boolean {
  const target = location.annotations.rewriteTarget
  return target !== undefined && target !== location.path
}

/** Whether the location makes its whole server one of regular expressions. */
export function needsRegex(location: PathLocation): boolean {
  return needsRewrite(location) || location.annotations.useRegex
}

function double(location: PathLocation, exactPaths: ReadonlySet<string>): readonly PathLocation[] {
  if (location.path === '/' || location.pathType === 'Exact' || needsRegex(location)) return [location]
  const path = location.path.endsWith('/') ? location.path : `${location.path}/`
  const below: PathLocation = { ...location, path }
  return exactPaths.has(location.path) ? [below] : [below, { ...location, pathType: 'Exact' }]
}

function longestFirst(a: PathLocation, b: PathLocation): number {
  return b.path.length - a.path.length || (a.path === b.path ? 0 : a.path > b.path ? -1 : 1)
}
