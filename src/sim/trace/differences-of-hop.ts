/** Which known differences from the real thing touch a step: told by what it is, so that no teller has to remember them. */
import type { Cluster } from '../cluster/cluster.ts'
import type { DifferenceId } from '../known-differences.ts'
import type { HopName } from '../phrase-ids.ts'
import type { Hop } from './trace.ts'

/** The ids, in the order of the list. */
export function differencesOfHop(
  cluster: Cluster,
  hop: Pick<Hop, 'kind' | 'basis' | 'title' | 'place'>,
): readonly DifferenceId[] {
  return checks.flatMap(([id, touches]) => (touches(hop, cluster) ? [id] : []))
}

type Touches = (hop: Pick<Hop, 'kind' | 'basis' | 'title' | 'place'>, cluster: Cluster) => boolean

const named =
  (...names: readonly HopName[]): Touches =>
  ({ title }) =>
    names.some((name) => title.id === `hop.${name}.title`)

const checks: readonly (readonly [DifferenceId, Touches])[] = [
  ['order-of-services', named('dispatch')],
  ['ipvs-unmeasured', ({ title }) => title.id.startsWith('hop.ipvs-')],
  [
    'calico-chains',
    ({ kind, place, basis }, cluster) =>
      kind === 'filter' && place.hostKind === 'node' && basis === 'computed' && cluster.ipPools.length > 0,
  ],
  ['overlay', named('overlay-not-modelled', 'plugin-not-modelled')],
  ['vxlan-source-port', named('encapsulate')],
  ['silent-router', named('lost-at-router', 'lost-at-router-pod')],
  ['tls', ({ title, basis }) => basis === 'not-modelled' && title.id.startsWith('hop.tls')],
  ['grace-period', named('gone', 'link-gone')],
  ['what-listens', ({ basis, title }) => basis === 'assumed' && listening.includes(title.id)],
  [
    'what-answers',
    ({ kind, basis, title }) => kind === 'answer' && basis === 'assumed' && !listening.includes(title.id),
  ],
]

/** Steps at which a socket took a packet, or none did. */
const listening = (['syn-ack', 'udp-taken', 'reset', 'closed-port'] satisfies readonly HopName[]).map(
  (name): string => `hop.${name}.title`,
)
