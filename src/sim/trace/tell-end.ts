/** Tells how a packet ended, where it did not arrive: by which rule, route or silence. */
import type { Cluster } from '../cluster/cluster.ts'
import { serverId } from '../kube-proxy/ipvs-servers.ts'
import { findEntry, printConntrackEntry } from '../netfilter/conntrack.ts'
import type { HookPass } from '../netfilter/evaluation.ts'
import { isNftRule } from '../netfilter/pass-nft.ts'
import { ipVersion } from '../network/address.ts'
import { isIcmpError } from '../network/packet.ts'
import type { WalkEnd } from '../network/walk.ts'
import { hopText, type Phrase } from '../phrase.ts'
import type { HopName } from '../phrase-ids.ts'
import { basisOfRule, filterEvidence, originsOf } from './hook-decisions.ts'
import { announcementOf, announcementOrigins } from './announce-balancers.ts'
import { announcerEvidence } from './announcer-evidence.ts'
import type { HopDraft } from './recorder.ts'
import type { Flight, Run } from './run.ts'
import { foundServer, realServers } from './ipvs-evidence.ts'
import { subjectOf } from './tell-ipvs.ts'
import { ROUTER } from './outside-hosts.ts'
import { placeOf, subjectOfAddress } from './subjects.ts'
import { endpointText, flightParts } from './tell-parts.ts'
import { nftFilterEvidence, nftOrigins } from './nft-evidence.ts'
import { overlayOrigins } from './tell-tunnel.ts'
import { routeEvidence } from './tell-way.ts'
import type { Basis, Evidence, HopKind, Subject } from './trace.ts'

/** The hop of a packet's end; a delivery has none here. */
export function tellEnd(run: Run, flight: Flight, end: WalkEnd): void {
  const told = ending(run, end)
  if (told === undefined) return
  const values = {
    node: end.host,
    dst: endpointText(end.packet),
    src: end.packet.src,
    says: flight.says,
    ...told.values,
  }
  run.recorder.hop({
    ...flightParts(flight),
    phase: 'drop',
    kind: told.kind,
    place: placeOf(run.world.cluster(), end.host, told.hook),
    subject: told.subject,
    ...hopText(told.name, values),
    before: end.packet,
    evidence: told.evidence ?? [],
    origins: told.origins ?? [],
    basis: basisOf(run, end),
    ...told.conntrack,
  })
}

/** A rule's end is known as its rules are. */
function basisOf(run: Run, end: WalkEnd): Basis {
  if (end.kind === 'not-modelled') return 'not-modelled'
  const isByRule = end.kind === 'dropped' || end.kind === 'rejected'
  return isByRule ? basisOfRule(run.world.rules(end.host, ipVersion(end.packet.dst)), end.by) : 'computed'
}

interface Ending {
  readonly name: HopName
  readonly kind: HopKind
  readonly hook: string
  readonly subject: Subject
  readonly values?: Phrase['values']
  readonly evidence?: readonly Evidence[]
  readonly origins?: HopDraft['origins']
  readonly conntrack?: Pick<HopDraft, 'conntrack'>
}

function ending(run: Run, end: WalkEnd): Ending | undefined {
  const cluster = run.world.cluster()
  const addressed = subjectOfAddress(cluster, end.packet.dst)
  const here: Subject =
    placeOf(cluster, end.host).hostKind === 'node' ? { kind: 'node', node: end.host } : addressed
  const atCard = addressed.kind === 'outside' ? here : addressed
  switch (end.kind) {
    case 'delivered':
      return undefined
    case 'dropped':
      if (end.pass.ipvs !== undefined) return ipvsEnding(run, end, 'ipvs-dropped', 'drop')
      if (conntrackDrop(end.pass) === 'conntrack-clash') return clash(run, end)
      return {
        name: conntrackDrop(end.pass) ?? nameOfDrop(end.by),
        kind: 'drop',
        hook: conntrackDrop(end.pass) === undefined ? `filter ${end.hook}` : 'conntrack',
        subject: atCard,
        values: { hook: end.hook, rule: end.by ?? '' },
        ...ruleParts(run, end),
      }
    case 'rejected':
      if (end.pass.ipvs !== undefined) return ipvsEnding(run, end, 'ipvs-refused', 'refuse')
      return {
        name: nameOfReject(end.by),
        kind: 'refuse',
        hook: `filter ${end.hook}`,
        subject: atCard,
        values: { hook: end.hook, rule: end.by ?? '', with: end.with, from: end.from },
        ...ruleParts(run, end),
      }
    case 'blackhole':
      return {
        name: 'blackhole',
        kind: 'drop',
        hook: 'routing',
        subject: atCard,
        evidence: [routeEvidence(end.decision)],
      }
    case 'no-route':
      return end.host === ROUTER ? routerEnding(run, end) : noRoute(end, atCard)
    case 'no-neighbour': {
      const announcement = announcementOf(cluster, end.nextHop)
      if (announcement !== undefined)
        return {
          name: announcement.nobody === 'no-endpoint' ? 'not-announced-endpoint' : 'not-announced',
          kind: 'silence',
          hook: 'routing',
          subject: atCard,
          values: { nextHop: end.nextHop, pool: announcement.pool.name },
          evidence: [announcerEvidence(announcement)],
          origins: announcementOrigins(announcement),
        }
      const lost = cluster.nodes.find((node) => node.lost && node.addresses.includes(end.nextHop))
      return {
        name: lost === undefined ? 'no-neighbour' : 'neighbour-cut-off',
        kind: 'silence',
        hook: 'routing',
        subject: atCard,
        values: { nextHop: end.nextHop, lost: lost?.ref.name ?? '' },
        origins: lost === undefined ? [] : [{ object: lost.ref, paths: [['status', 'conditions']] }],
      }
    }
    case 'not-forwarding':
      return { name: 'not-forwarding', kind: 'drop', hook: 'routing', subject: atCard }
    case 'not-modelled':
      return {
        name: nameOfUnknown(end),
        kind: 'drop',
        hook: end.what === 'rule' || end.what === 'pod-rules' ? 'netfilter' : 'routing',
        subject: atCard,
        values: { rule: end.by ?? '', text: end.text },
      }
    case 'gone':
      if (isLost(cluster, end.host))
        return { name: 'cut-off', kind: 'silence', hook: 'routing', subject: here }
      return {
        kind: 'drop',
        hook: 'routing',
        ...(run.world.network().hosts[end.host] === undefined
          ? { name: 'gone', subject: podOfName(end.host) }
          : { name: 'link-gone', subject: atCard }),
      }
  }
}

/** Whether nobody hears from the node any more. */
function isLost({ nodes }: Cluster, name: string): boolean {
  return nodes.some(({ ref, lost }) => lost && ref.name === name)
}

type NoRoute = Extract<WalkEnd, { kind: 'no-route' }>

function noRoute(end: NoRoute, subject: Subject): Ending {
  return { name: 'no-route', kind: 'drop', hook: 'routing', subject, evidence: [routeEvidence(end.decision)] }
}

/** The router knows its LANs alone: not the ranges of Pods, whose packets come to it bare where no tunnel is round them. */
function routerEnding(run: Run, end: NoRoute): Ending {
  const { packet, silent } = end
  const origins = overlayOrigins(run.world.cluster(), packet.dst)
  const forPod = origins.length === 0 ? '' : '-pod'
  const common = {
    hook: 'routing',
    subject: { kind: 'router', address: routerAddress(run, end.host) },
    evidence: [routeEvidence(end.decision)],
    origins,
  } as const
  if (isIcmpError(packet)) return { ...common, name: 'error-lost', kind: 'silence' }
  if (silent) return { ...common, name: `lost-at-router${forPod}`, kind: 'silence' }
  return { ...common, name: `refused-by-router${forPod}`, kind: 'refuse' }
}

/** Of a full table the kernel logs `nf_conntrack: table full, dropping packet`; a clash it only counts. */
function conntrackDrop({ verdict }: HookPass): 'conntrack-full' | 'conntrack-clash' | undefined {
  return verdict.kind === 'drop' ? verdict.because : undefined
}

/** The line is the connection that was first; this packet's own never stood in the table. */
function clash(run: Run, { host, pass, packet }: Extract<WalkEnd, { kind: 'dropped' }>): Ending {
  const own = pass.connection?.entry
  const first = own && findEntry(pass.state.conntrack, own.original)?.entry
  const line = first && printConntrackEntry(first, run.world.now())
  return {
    name: 'conntrack-clash',
    kind: 'drop',
    hook: 'conntrack',
    subject: subjectOfAddress(run.world.cluster(), own?.original.dst ?? packet.dst),
    ...(line !== undefined && { conntrack: { conntrack: { node: host, line } } }),
  }
}

function nameOfDrop(by: string | undefined): HopName {
  if (by === undefined) return 'dropped-by-policy'
  return by.startsWith('nft cluster-ips-check ') ? 'nft-dropped-free' : 'dropped'
}

function nameOfReject(by: string | undefined): HopName {
  if (by?.startsWith('nft cluster-ips-check ') === true) return 'nft-rejected-port'
  if (by?.includes(' KUBE-IPVS-FILTER ') === true) return 'ipvs-rejected'
  // kube-proxy refuses in these two chains, where a Service has no endpoint.
  const isProxys = by === undefined || isNftRule(by) || / KUBE-(EXTERNAL-)?SERVICES /.test(by)
  return isProxys ? 'rejected' : 'rejected-by-rule'
}

function nameOfUnknown({ what, by, text }: Extract<WalkEnd, { kind: 'not-modelled' }>): HopName {
  if (what === 'overlay' && text === 'unknown') return 'plugin-not-modelled'
  if (what !== 'rule') return `${what}-not-modelled`
  return by === undefined ? 'ipvs-not-modelled' : 'not-modelled'
}

/** IPVS's own end of a packet: no real server may have it, or its real server is gone. */
function ipvsEnding(
  run: Run,
  end: Extract<WalkEnd, { kind: 'dropped' | 'rejected' }>,
  name: 'ipvs-dropped' | 'ipvs-refused',
  kind: 'drop' | 'refuse',
): Ending {
  const { ipvs, hook } = end.pass
  const rules = run.world.rules(end.host, ipVersion(end.packet.dst))
  const server = ipvs !== undefined && 'server' in ipvs ? ipvs.server : undefined
  const common = { name, kind, hook: `ipvs ${hook}` }
  if (server === undefined) return { ...common, subject: { kind: 'node', node: end.host } }
  const loads = ipvs?.kind === 'refused' ? ipvs.loads : []
  const choice = loads.length === 0 ? [] : [realServers(server, loads)]
  return {
    ...common,
    subject: subjectOf(run, end.host, server),
    values: { count: loads.length },
    evidence: [foundServer(server, loads, rules.virtualServers?.length ?? 0), ...choice],
    origins: rules.origins(serverId(server)) ?? [],
  }
}

/** The Pod whose host had this name; the cluster no longer has it. */
function podOfName(host: string): Subject {
  const [namespace = '', name = ''] = host.split('/')
  return { kind: 'pod', ref: { kind: 'Pod', namespace, name } }
}

function routerAddress(run: Run, host: string) {
  const router = run.world.network().hosts[host]
  const address = router?.interfaces[0]?.addresses[0]
  if (address === undefined) throw new Error(`router ${host} without an address`)
  return address
}

function ruleParts(
  run: Run,
  end: Extract<WalkEnd, { kind: 'dropped' | 'rejected' }>,
): Pick<Ending, 'evidence' | 'origins'> {
  const rules = run.world.rules(end.host, ipVersion(end.packet.dst))
  const { tried, triedNft = [] } = end.pass
  const nft = nftFilterEvidence(end.pass)
  return {
    evidence:
      end.by !== undefined && isNftRule(end.by) && nft !== undefined ? [nft] : [filterEvidence(end.pass)],
    origins: [...originsOf(rules, tried()), ...nftOrigins(rules, triedNft)],
  }
}
