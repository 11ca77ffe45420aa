/** Tells what IPVS did at a hook: which virtual server was found, whose turn it was, what was rewritten. */
import type { ObjectRef } from '../cluster/object-ref.ts'
import { DUMMY_INTERFACE } from '../kube-proxy/ipvs-addresses.ts'
import { realServerId, serverId } from '../kube-proxy/ipvs-servers.ts'
import type { HookPass } from '../netfilter/evaluation.ts'
import { schedulerKind } from '../netfilter/ipvs-schedule.ts'
import { realKey, type VirtualServer } from '../netfilter/ipvs-server.ts'
import type { IpvsOutcome } from '../netfilter/pass-ipvs.ts'
import { ipVersion } from '../network/address.ts'
import type { WalkEvent } from '../network/walk.ts'
import { hopText, phrase } from '../phrase.ts'
import { originsOf } from './hook-decisions.ts'
import { rulesEvidence } from './rule-evidence.ts'
import { foundServer, realServers } from './ipvs-evidence.ts'
import type { Flight, Run } from './run.ts'
import { placeOf, subjectOfAddress } from './subjects.ts'
import { conntrackOf, endpointText, flightParts } from './tell-parts.ts'
import type { Subject } from './trace.ts'

/** Whether the node's kube-proxy is in IPVS mode. */
export function inIpvsMode(run: Run, host: string): boolean {
  return run.world.rules(host).virtualServers !== undefined
}

/** nat in IPVS mode: it rewrites nothing, and marks what is to be masqueraded on its way out. */
export function tellMarked(run: Run, flight: Flight, host: string, pass: HookPass): void {
  const cluster = run.world.cluster()
  const { before, after } = pass
  const server = run.world
    .rules(host)
    .virtualServers?.find(
      (each) => each.protocol === before.protocol && realKey(each) === endpointText(before),
    )
  const subject = server === undefined ? subjectOfAddress(cluster, before.dst) : subjectOf(run, host, server)
  if (flight.detail !== 'full' || !('ref' in subject)) return
  const isMarked = after.mark !== before.mark
  const nat = pass.tried().filter(({ table }) => table === 'nat')
  run.recorder.hop({
    ...flightParts(flight),
    kind: 'filter',
    place: placeOf(cluster, host, `nat ${pass.hook}`),
    subject: { kind: 'node', node: host },
    ...hopText(isMarked ? 'ipvs-marked' : 'ipvs-unmarked', { node: host, dst: before.dst }),
    before,
    ...(isMarked ? { after: { ...before, mark: after.mark } } : {}),
    evidence: [
      rulesEvidence(
        phrase('evidence.mark'),
        nat.filter(({ depth }) => depth > 0),
      ),
    ],
    origins: originsOf(run.world.rules(host, ipVersion(pass.before.dst)), nat),
    rulesTried: nat.length,
  })
}

/** The route to an address of kube-ipvs0: to the node itself. */
export function tellDummyRoute(
  run: Run,
  flight: Flight,
  { host, packet, decision }: Extract<WalkEvent, { kind: 'routed' }>,
): void {
  const dummy = run.world.network().hosts[host]?.interfaces.find(({ name }) => name === DUMMY_INTERFACE)
  if (decision.kind !== 'local' || dummy?.addresses.includes(packet.dst) !== true) return
  run.recorder.hop({
    ...flightParts(flight),
    kind: 'route',
    place: placeOf(run.world.cluster(), host, 'routing'),
    subject: { kind: 'node', node: host },
    ...hopText('route-dummy', { node: host, dst: packet.dst, device: DUMMY_INTERFACE }),
    before: packet,
  })
}

/** A new connection's virtual server, choice and rewrite: three hops in full, the rewrite alone in brief. */
export function tellIpvs(run: Run, flight: Flight, host: string, pass: HookPass): void {
  const { ipvs } = pass
  if (ipvs?.kind !== 'request' || ipvs.by === 'connection') return
  const rules = run.world.rules(host, ipVersion(pass.before.dst))
  const { server, loads, connection } = ipvs
  const chosen = { address: connection.realAddress, port: connection.realPort }
  const choice = realServers(server, loads, { key: realKey(chosen), by: ipvs.by })
  const subject = subjectOf(run, host, server)
  const values = {
    node: host,
    service: 'ref' in subject ? subject.ref.name : '',
    dst: realKey(server),
    to: realKey(chosen),
    scheduler: server.scheduler,
    count: loads.length,
    seconds: server.persistentSeconds ?? 0,
  }
  const common = {
    ...flightParts(flight),
    place: placeOf(run.world.cluster(), host, `ipvs ${pass.hook}`),
    subject,
    phase: flight.phase === 'dns' ? ('dns' as const) : ('nat' as const),
    before: ipvsBefore(pass),
    origins: [
      ...(rules.origins(serverId(server)) ?? []),
      ...(rules.origins(realServerId(server, chosen)) ?? []),
    ],
  }
  const isFull = flight.detail === 'full'
  if (isFull) {
    const found = foundServer(server, loads, rules.virtualServers?.length ?? 0)
    const isNodePort = subject.kind === 'node-port'
    run.recorder.hop({
      ...common,
      kind: 'dispatch',
      ...hopText(isNodePort ? 'ipvs-dispatch-node-port' : 'ipvs-dispatch', values),
      evidence: [found],
    })
    run.recorder.hop({
      ...common,
      kind: 'choose',
      ...hopText(choiceName(ipvs), values),
      evidence: [choice],
    })
  }
  run.recorder.hop({
    ...common,
    kind: 'rewrite',
    ...hopText('ipvs-rewrite', values),
    after: pass.after,
    evidence: isFull ? [] : [choice],
    ...conntrackOf(run, host, pass),
  })
}

/** The packet as it came to IPVS: behind nat's mark, before the rewrite. */
function ipvsBefore(pass: HookPass): HookPass['before'] {
  return pass.rewrites.findLast(({ by }) => by === undefined)?.before ?? pass.before
}

/** Whose virtual server it is: a Service, or a Service met as a port of the node. */
export function subjectOf(
  run: Run,
  host: string,
  server: Pick<VirtualServer, 'protocol' | 'address' | 'port'>,
): Subject {
  const addressed = subjectOfAddress(run.world.cluster(), server.address)
  const ref = serviceOf(run, host, server)
  if (ref === undefined || addressed.kind === 'service') return addressed
  return { kind: 'node-port', ref, node: host }
}

function serviceOf(
  run: Run,
  host: string,
  server: Pick<VirtualServer, 'protocol' | 'address' | 'port'>,
): ObjectRef | undefined {
  return run.world.rules(host).origins(serverId(server))?.[0]?.object
}

function choiceName(ipvs: Extract<IpvsOutcome, { kind: 'request' }>) {
  if (ipvs.by === 'template') return 'ipvs-choose-template'
  if (ipvs.loads.length === 1) return 'ipvs-choose-only'
  switch (schedulerKind(ipvs.server.scheduler)) {
    case 'turns':
      return 'ipvs-choose'
    case 'hash':
      return 'ipvs-choose-hash'
    case 'least':
      return 'ipvs-choose-least'
  }
}
