/**
 * The few iptables rules of IPVS mode: they mark what must be masqueraded and refuse what is no Service's; they never choose an endpoint.
 * Models pkg/proxy/ipvs/proxier.go, iptablesJumpChain and writeIptablesRules (about v1.33).
 */
import { cidr, type IpAddress } from '../network/address.ts'
import { protocolNumbers } from '../network/packet.ts'
import type { IpSets } from '../netfilter/ip-sets.ts'
import type { Match, TableName, Target } from '../netfilter/ruleset.ts'
import type { Jump } from './host-chains.ts'
import type { ProxySettings } from './proxy-settings.ts'
import { comment, inState, isLocalAddress, jump, not, reject, source } from './rule-parts.ts'
import type { RuleWriter } from './rule-writer.ts'
import { setComment, setName, type SetId } from './ipvs-sets.ts'

/** A balancer's address and port which the node itself may not reach: its source ranges leave it out. */
interface ClosedPortal {
  readonly address: IpAddress
  readonly protocol: 'tcp' | 'udp' | 'sctp'
  readonly port: number
}

/** What shapes the rules besides the settings. `filtersAddresses`: from v1.27 on, KUBE-IPVS-FILTER is there (pull 108460). */
export interface IpvsRules {
  readonly settings: ProxySettings
  readonly sets: IpSets
  readonly closed: readonly ClosedPortal[]
  readonly filtersAddresses: boolean
}

/** The jumps from the built-in chains, from the top of each: the one ensured last stands first. */
export function ipvsJumps(filtersAddresses: boolean): readonly Jump[] {
  const filter = { chain: 'KUBE-IPVS-FILTER', text: 'kubernetes ipvs access filter' }
  const firewall = { chain: 'KUBE-PROXY-FIREWALL', text: 'kube-proxy firewall rules' }
  const outFilter = { chain: 'KUBE-IPVS-OUT-FILTER', text: 'kubernetes ipvs access filter' }
  const portals = { chain: 'KUBE-SERVICES', text: 'kubernetes service portals' }
  return [
    ...(filtersAddresses ? [{ table: 'filter', hook: 'INPUT', ...filter } as const] : []),
    { table: 'filter', hook: 'INPUT', ...firewall },
    { table: 'filter', hook: 'INPUT', chain: 'KUBE-NODE-PORT', text: 'kubernetes health check rules' },
    { table: 'filter', hook: 'INPUT', chain: 'KUBE-FIREWALL' },
    { table: 'filter', hook: 'FORWARD', ...firewall },
    { table: 'filter', hook: 'FORWARD', chain: 'KUBE-FORWARD', text: 'kubernetes forwarding rules' },
    { table: 'filter', hook: 'OUTPUT', ...outFilter },
    { table: 'filter', hook: 'OUTPUT', chain: 'KUBE-FIREWALL' },
    { table: 'nat', hook: 'PREROUTING', ...portals },
    { table: 'nat', hook: 'OUTPUT', ...portals },
    { table: 'nat', hook: 'POSTROUTING', chain: 'KUBE-POSTROUTING', text: 'kubernetes postrouting rules' },
  ]
}

/** Writes kube-proxy's chains. */
export function writeIpvsRules(writer: RuleWriter, rules: IpvsRules): void {
  declareChains(writer, rules.filtersAddresses)
  const to = writerTo(writer, rules)
  const { version } = rules.settings
  to('nat', 'KUBE-SERVICES', [source(cidr(version === 4 ? '127.0.0.0/8' : '::1/128'))], { kind: 'RETURN' })
  writeSetRules(to)
  writeServiceRules(to, rules)
  writeFilterRules(to, rules)
  writeMasquerade(to, rules.settings)
}

const chains: readonly (readonly [TableName, string])[] = [
  ['nat', 'KUBE-SERVICES'],
  ['nat', 'KUBE-POSTROUTING'],
  ['nat', 'KUBE-NODE-PORT'],
  ['nat', 'KUBE-LOAD-BALANCER'],
  ['nat', 'KUBE-MARK-MASQ'],
  ['filter', 'KUBE-FORWARD'],
  ['filter', 'KUBE-NODE-PORT'],
  ['filter', 'KUBE-PROXY-FIREWALL'],
  ['filter', 'KUBE-SOURCE-RANGES-FIREWALL'],
  ['filter', 'KUBE-IPVS-FILTER'],
  ['filter', 'KUBE-IPVS-OUT-FILTER'],
]

function declareChains(writer: RuleWriter, filtersAddresses: boolean): void {
  for (const [table, chain] of chains)
    if (chain !== 'KUBE-IPVS-FILTER' || filtersAddresses) writer.declare(table, chain)
}

interface To {
  (table: TableName, chain: string, matches: readonly Match[], target?: Target): void
  readonly asks: (id: SetId, ...directions: readonly ('src' | 'dst')[]) => Match
  readonly isEmpty: (id: SetId) => boolean
}

function writerTo(writer: RuleWriter, { settings, sets }: IpvsRules): To {
  const write = (table: TableName, chain: string, matches: readonly Match[], target?: Target) =>
    void writer.append(table, chain, matches, target)
  return Object.assign(write, {
    asks: (id: SetId, ...directions: readonly ('src' | 'dst')[]): Match => ({
      kind: 'set',
      name: setName(id, settings.version),
      directions,
    }),
    isEmpty: (id: SetId) => (sets[setName(id, settings.version)]?.entries.length ?? 0) === 0,
  })
}

/** ipsetWithIptablesChain: a rule for each of these sets that is not empty. */
function writeSetRules(to: To): void {
  const asking = (
    id: SetId,
    table: TableName,
    chain: string,
    target: Target,
    directions: readonly ('src' | 'dst')[],
    protocol?: 'tcp' | 'udp' | 'sctp',
  ) => {
    if (to.isEmpty(id)) return
    const first: readonly Match[] = protocol === undefined ? [] : [{ kind: 'protocol', protocol }]
    to(table, chain, [...first, comment(setComment(id)), to.asks(id, ...directions)], target)
  }
  const returns: Target = { kind: 'RETURN' }
  const marks = jump('KUBE-MARK-MASQ')
  asking('LOOP-BACK', 'nat', 'KUBE-POSTROUTING', { kind: 'MASQUERADE', randomFully: false }, [
    'dst',
    'dst',
    'src',
  ])
  asking('LOAD-BALANCER', 'nat', 'KUBE-SERVICES', jump('KUBE-LOAD-BALANCER'), ['dst', 'dst'])
  asking('LOAD-BALANCER-LOCAL', 'nat', 'KUBE-LOAD-BALANCER', returns, ['dst', 'dst'])
  asking('NODE-PORT-LOCAL-TCP', 'nat', 'KUBE-NODE-PORT', returns, ['dst'], 'tcp')
  asking('NODE-PORT-TCP', 'nat', 'KUBE-NODE-PORT', marks, ['dst'], 'tcp')
  asking('NODE-PORT-LOCAL-UDP', 'nat', 'KUBE-NODE-PORT', returns, ['dst'], 'udp')
  asking('NODE-PORT-UDP', 'nat', 'KUBE-NODE-PORT', marks, ['dst'], 'udp')
  asking('NODE-PORT-LOCAL-SCTP-HASH', 'nat', 'KUBE-NODE-PORT', returns, ['dst', 'dst'], 'sctp')
  asking('NODE-PORT-SCTP-HASH', 'nat', 'KUBE-NODE-PORT', marks, ['dst', 'dst'], 'sctp')
  const ranges = 'KUBE-SOURCE-RANGES-FIREWALL'
  asking('LOAD-BALANCER-FW', 'filter', 'KUBE-PROXY-FIREWALL', jump(ranges), ['dst', 'dst'])
  asking('LOAD-BALANCER-SOURCE-CIDR', 'filter', ranges, returns, ['dst', 'dst', 'src'])
  asking('LOAD-BALANCER-SOURCE-IP', 'filter', ranges, returns, ['dst', 'dst', 'src'])
}

function writeServiceRules(to: To, { settings }: IpvsRules): void {
  const { masqueradeAll, fromPod } = settings
  const services = (matches: readonly Match[], target: Target) => to('nat', 'KUBE-SERVICES', matches, target)
  if (!to.isEmpty('CLUSTER-IP')) {
    const about = comment(setComment('CLUSTER-IP'))
    const marks = jump('KUBE-MARK-MASQ')
    const toClusterIp = [about, to.asks('CLUSTER-IP', 'dst', 'dst')]
    if (masqueradeAll) services(toClusterIp, marks)
    else if (fromPod !== undefined) services([not(fromPod), ...toClusterIp], marks)
    // Without a detector: what the node itself sends has the ClusterIP as its source, which kube-ipvs0 gave it.
    else services([about, to.asks('CLUSTER-IP', 'src', 'dst')], marks)
  }
  for (const id of ['EXTERNAL-IP', 'EXTERNAL-IP-LOCAL'] as const) {
    if (to.isEmpty(id)) continue
    const about = [comment(setComment(id)), to.asks(id, 'dst', 'dst')]
    if (id === 'EXTERNAL-IP') services(about, jump('KUBE-MARK-MASQ'))
    const fromOutside = [
      { kind: 'physdev', conditions: [{ ask: 'is-in', negated: true }] } as const,
      not(isLocalAddress('source')),
    ]
    services([...about, ...fromOutside], { kind: 'ACCEPT' })
    services([...about, isLocalAddress('destination')], { kind: 'ACCEPT' })
  }
  services([isLocalAddress('destination')], jump('KUBE-NODE-PORT'))
  to('nat', 'KUBE-LOAD-BALANCER', [], jump('KUBE-MARK-MASQ'))
  for (const id of ['CLUSTER-IP', 'LOAD-BALANCER'] as const)
    if (!to.isEmpty(id)) services([to.asks(id, 'dst', 'dst')], { kind: 'ACCEPT' })
}

function writeFilterRules(to: To, { settings, closed, filtersAddresses }: IpvsRules): void {
  const { mark, version } = settings
  to('filter', 'KUBE-SOURCE-RANGES-FIREWALL', [], { kind: 'DROP' })
  for (const { address, protocol, port } of closed)
    to(
      'filter',
      'KUBE-IPVS-OUT-FILTER',
      [source(address), { kind: 'ipvs', protocol: protocolNumbers[protocol], address, port }],
      { kind: 'DROP' },
    )
  const forward = (matches: readonly Match[]) => to('filter', 'KUBE-FORWARD', matches, { kind: 'ACCEPT' })
  forward([comment('kubernetes forwarding rules'), { kind: 'mark', value: mark, mask: mark }])
  forward([comment('kubernetes forwarding conntrack rule'), inState('RELATED', 'ESTABLISHED')])
  const healthChecks = to.asks('HEALTH-CHECK-NODE-PORT', 'dst')
  to('filter', 'KUBE-NODE-PORT', [comment(setComment('HEALTH-CHECK-NODE-PORT')), healthChecks], {
    kind: 'ACCEPT',
  })
  if (!filtersAddresses) return
  const access = (matches: readonly Match[], target: Target) =>
    to('filter', 'KUBE-IPVS-FILTER', matches, target)
  for (const id of ['LOAD-BALANCER', 'CLUSTER-IP', 'EXTERNAL-IP', 'EXTERNAL-IP-LOCAL'] as const)
    access([to.asks(id, 'dst', 'dst')], { kind: 'RETURN' })
  access([healthChecks], { kind: 'RETURN' })
  access([inState('NEW'), to.asks('IPVS-IPS', 'dst')], reject(version))
}

function writeMasquerade(to: To, { mark, features }: ProxySettings): void {
  const post = (matches: readonly Match[], target: Target) => to('nat', 'KUBE-POSTROUTING', matches, target)
  post([not({ kind: 'mark', value: mark, mask: mark } as const)], { kind: 'RETURN' })
  post([], { kind: 'MARK', value: mark, mask: 0 })
  post([comment('kubernetes service traffic requiring SNAT')], {
    kind: 'MASQUERADE',
    randomFully: features.randomFully,
  })
  to('nat', 'KUBE-MARK-MASQ', [], { kind: 'MARK', value: mark, mask: mark })
}
