/**
 * What makes nginx refuse the whole file: the controller tests it before a reload and returns before it posts endpoints and
 * certificates, so that nothing takes effect any more (syncIngress, ingress-nginx internal/ingress/controller/controller.go).
 */
import type { Origin } from '../cluster/object-ref.ts'
import { byteText } from './byte-text.ts'
import { parsePattern } from './parse-pattern.ts'
import type { Location, VirtualServer } from './virtual-server.ts'

export type ConfigProblem =
  /** Two Prefix paths that become the same location: `[emerg] duplicate location "/foo/"`. */
  | {
      readonly kind: 'duplicate-location'
      readonly server: string
      readonly path: string
      readonly because: readonly Origin[]
    }
  /** `www.` before a wildcard: `[emerg] invalid server name or wildcard "www.*.example"`. */
  | { readonly kind: 'invalid-server-name'; readonly server: string; readonly because: readonly Origin[] }
  /** A pattern that PCRE2 refuses: `[emerg] pcre2_compile() failed`. */
  | {
      readonly kind: 'invalid-pattern'
      readonly server: string
      readonly path: string
      readonly because: readonly Origin[]
    }

/** nginx's line in the controller's log, without its time and place. */
export function printEmergency(problem: ConfigProblem): string {
  switch (problem.kind) {
    case 'duplicate-location':
      return `[emerg] duplicate location "${problem.path}"  (server ${problem.server})`
    case 'invalid-server-name':
      return `[emerg] invalid server name or wildcard "${problem.server}"`
    case 'invalid-pattern':
      return `[emerg] pcre2_compile() failed in "^${problem.path}"  (server ${problem.server})`
  }
}

/** What is wrong with one server. */
export function configProblems(server: VirtualServer): readonly ConfigProblem[] {
  const { hostname, locations, because } = server
  return [
    ...(hostname.lastIndexOf('*') > 0
      ? [{ kind: 'invalid-server-name', server: hostname, because } as const]
      : []),
    ...locations.flatMap((location, index) => duplicateOf(server, location, index)),
    ...locations.filter(isBroken).map(
      (location) =>
        ({
          kind: 'invalid-pattern',
          server: hostname,
          path: location.path,
          because: location.because,
        }) as const,
    ),
  ]
}

function duplicateOf(
  { hostname, locations }: VirtualServer,
  location: Location,
  index: number,
): readonly ConfigProblem[] {
  const first = locations.findIndex(({ match, path }) => match === location.match && path === location.path)
  if (first === index || location.match === 'regex') return []
  const because = [...(locations[first]?.because ?? []), ...location.because]
  return [{ kind: 'duplicate-location', server: hostname, path: location.path, because }]
}

function isBroken({ match, path }: Location): boolean {
  if (match !== 'regex') return false
  const parsed = parsePattern(`^${byteText(path)}`, { ignoreCase: true })
  return !parsed.ok && parsed.why === 'invalid'
}
