/** The choice of a location, told: all locations of the server in the order in which nginx takes them, and why each lost. */
import { byteText } from './byte-text.ts'
import type { DecisionCandidate, DecisionReason } from './decision.ts'
import type { FoundLocation } from './find-location.ts'
import { inLookupOrder } from './find-location.ts'
import type { Location } from './virtual-server.ts'

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

/**
 * The candidates in nginx's order: `=`, prefixes by length, regular expressions in file order.
 * @param found what {@link findLocation} gave for the path
 */
export function tellLocations(
  locations: readonly Location[],
  found: FoundLocation,
  path: string,
): readonly DecisionCandidate[] {
  const order = inLookupOrder(locations)
  const last = found.kind === 'none' ? undefined : found.location
  // A prefix that wins does so behind all regular expressions; anything else ends the search where it stands.
  const endsAt = last === undefined || isPlainPrefix(found) ? order.length : order.indexOf(last)
  return order.map((location, index) => {
    const told = index > endsAt ? notReached : judge(location, found, path)
    const { ingress, backend } = location
    return {
      name: locationHead(location),
      ...told,
      ...(ingress !== undefined && { ingress }),
      ...(backend !== undefined && { backend }),
    }
  })
}

type Told = Pick<DecisionCandidate, 'verdict' | 'reason'>

const notReached: Told = { verdict: 'not-tried', reason: { kind: 'earlier-won' } }

function isPlainPrefix(found: FoundLocation): boolean {
  return found.kind === 'found' && found.location.match === 'prefix'
}

function judge(location: Location, found: FoundLocation, path: string): Told {
  const isLast = found.kind !== 'none' && found.location === location
  const lost = (reason: DecisionReason): Told => ({ verdict: 'lost', reason })
  if (isLast && found.kind === 'slash-missing')
    return { verdict: 'won', reason: { kind: 'slash-missing', path } }
  if (isLast && found.kind !== 'found') return lost({ kind: found.kind, path })
  switch (location.match) {
    case 'exact':
      return isLast
        ? { verdict: 'won', reason: { kind: 'path-equal', path } }
        : lost({ kind: 'path-differs', path })
    case 'prefix':
      if (isLast) return { verdict: 'won', reason: { kind: 'prefix-fits', path } }
      if (!path.startsWith(byteText(location.path))) return lost({ kind: 'prefix-differs', path })
      return lost(lostPrefix(location, found, path))
    case 'regex':
      return isLast
        ? { verdict: 'won', reason: { kind: 'regex-fits', path } }
        : lost({ kind: 'regex-differs', path })
  }
}

/** Why a prefix that fits lost: to a longer one, or to a regular expression. */
function lostPrefix(location: Location, found: FoundLocation, path: string): DecisionReason {
  const longest = found.kind === 'none' ? undefined : found.prefix
  if (longest === location && found.kind === 'slash-missing') return { kind: 'slash-missing', path }
  if (longest === location) return { kind: 'prefix-below-regex', path }
  return { kind: 'prefix-shorter', path, than: longest?.path ?? '' }
}
