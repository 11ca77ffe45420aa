/** Which known differences from the real thing touch a step: told by what it is, so that no teller has to remember them. */
import type { Cluster } from '../cluster/cluster.ts'
import type { DifferenceId } from '../known-differences.ts'
import type { HopName } from '../phrase-ids.ts'
import type { Hop } from './trace.ts'

/** The ids, in the order of the list. */
export function differencesOfHop(cluster: Cluster, hop: Step): readonly DifferenceId[] {
  return checks.flatMap(([id, touches]) => (touches(hop, cluster) ? [id] : []))
}

/** What a step is told by. Names of steps are checked by their type: one that is renamed does not compile here. */
type Step = Pick<Hop, 'kind' | 'basis' | 'title' | 'place' | 'evidence' | 'before'>

type Touches = (hop: Step, cluster: Cluster) => boolean

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
  [
    'network-policy',
    ({ kind, place }, cluster) =>
      kind === 'filter' && place.hostKind === 'node' && factsOf(cluster).hasPolicies,
  ],
  ['conntrack-race', named('ask-racing', 'conntrack-clash', 'clash-resolved')],
  ['unknown-rules', named('not-modelled')],
  ['pod-rules', named('pod-rules-not-modelled')],
  ['overlay', named('overlay-not-modelled', 'plugin-not-modelled')],
  ['vxlan-source-port', named('encapsulate')],
  ['silent-router', named('lost-at-router', 'lost-at-router-pod')],
  [
    'load-balancer-node',
    ({ kind, before }, cluster) => kind === 'enter' && factsOf(cluster).balancerAddresses.has(before.dst),
  ],
  ['reverse-path', named('stray-answer')],
  ['node-lost', named('cut-off', 'neighbour-cut-off')],
  ['arp', named('no-neighbour', 'not-announced', 'not-announced-endpoint')],
  [
    'upstream-resolver',
    ({ title }) => title.id === 'hop.dns-failed.title' && title.values['plugin'] === 'forward',
  ],
  ['resolver-rotate', readsRotate],
  ['coredns-other-plugins', named('dns-not-modelled')],
  ['upstream-keepalive', named('ingress-proxy')],
  ['nginx-annotations', ({ kind, basis }) => kind === 'match' && basis === 'not-modelled'],
  ['retransmitted-data', named('data-lost')],
  ['tls', ({ title, basis }) => basis === 'not-modelled' && title.id.startsWith('hop.tls')],
  ['grace-period', named('gone', 'link-gone')],
  ['what-listens', ({ basis, title }) => basis === 'assumed' && listening.includes(title.id)],
  [
    'what-answers',
    ({ kind, basis, title }) => kind === 'answer' && basis === 'assumed' && !listening.includes(title.id),
  ],
]

/** Steps at which a socket took a packet, or none did. */
const listening = (
  [
    'syn-ack',
    'sctp-init-ack',
    'udp-taken',
    'reset',
    'reset-node-port',
    'sctp-abort',
    'closed-port',
    'closed-port-node-port',
  ] satisfies readonly HopName[]
).map((name): string => `hop.${name}.title`)

/** Whether a program of glibc's reads the option; other resolvers know none of the name. */
function readsRotate({ kind, title, evidence }: Step): boolean {
  if (kind !== 'read-resolver' || title.values['flavour'] !== 'glibc') return false
  return evidence.some(({ texts }) => texts.some(({ text }) => /^options .*\brotate\b/m.test(text)))
}

interface Facts {
  readonly hasPolicies: boolean
  readonly balancerAddresses: ReadonlySet<string>
}

const facts = new WeakMap<Cluster, Facts>()

/** What is asked of a cluster at every step, which may have thousands of objects: found once. */
function factsOf(cluster: Cluster): Facts {
  const known = facts.get(cluster)
  if (known !== undefined) return known
  const found = {
    hasPolicies: Object.values(cluster.objects).some(({ ref }) => ref.kind === 'NetworkPolicy'),
    balancerAddresses: new Set(
      cluster.services.flatMap((each) => each.loadBalancerIngress.flatMap(({ ip }) => ip ?? [])),
    ),
  }
  facts.set(cluster, found)
  return found
}
