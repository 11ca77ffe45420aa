/** Tells what a packet finds at its destination: a listening socket, or none. */
import { objectKey, type Origin } from '../cluster/object-ref.ts'
import type { ListenSocket, Pod } from '../cluster/objects.ts'
import type { Socket } from '../network/network.ts'
import { hasPorts, type Packet } from '../network/packet.ts'
import type { WalkEnd } from '../network/walk.ts'
import { hopText, phrase } from '../phrase.ts'
import type { Flight, Party, Run } from './run.ts'
import { nodePortNotHere } from './node-port-evidence.ts'
import { placeOf, podSubject, subjectOfAddress } from './subjects.ts'
import { flightParts } from './tell-parts.ts'
import type { Basis, Evidence, Subject } from './trace.ts'

/** A socket takes the SYN, or SCTP's INIT, and its kernel answers. */
export function tellListener(run: Run, flight: Flight, host: string, socket: Socket, answer: Packet): void {
  const cluster = run.world.cluster()
  const pod = podOfSocket(run, socket)
  const subject: Subject = pod === undefined ? subjectOfAddress(cluster, answer.src) : podSubject(pod)
  const listen = pod?.listens.find((each) => listensOn(each, socket))
  const values = { name: nameOf(pod, host), port: socket.port }
  run.recorder.hop({
    ...flightParts({ ...flight, phase: 'pod' }),
    kind: 'answer',
    place: placeOf(cluster, host, 'socket'),
    subject,
    ...hopText(socket.protocol === 'sctp' ? 'sctp-init-ack' : 'syn-ack', values),
    before: answer,
    basis: basisOf(listen),
    evidence: [socketEvidence(run, host, pod, socket)],
    ...(pod === undefined ? {} : { origins: listenOrigins(pod, listen) }),
  })
}

/** Nobody listens: the host's own kernel answers with a RST. */
export function tellReset(run: Run, flight: Flight, end: Delivered, answer: Packet): void {
  tellNobody(run, flight, end, 'reset', answer)
}

/** Nobody listens: the host's own kernel answers an INIT with ABORT (RFC 9260 §8.4). */
export function tellAbort(run: Run, flight: Flight, end: Delivered, answer: Packet): void {
  tellNobody(run, flight, end, 'sctp-abort', answer)
}

/** Nobody takes the datagram: the host's own kernel answers with an ICMP error. */
export function tellClosedPort(run: Run, flight: Flight, end: Delivered): void {
  tellNobody(run, flight, end, 'closed-port', end.packet)
}

type Delivered = Extract<WalkEnd, { kind: 'delivered' }>

function tellNobody(
  run: Run,
  flight: Flight,
  end: Delivered,
  name: 'reset' | 'closed-port' | 'sctp-abort',
  before: Packet,
): void {
  const cluster = run.world.cluster()
  const pod = cluster.pods.find((each) => !each.hostNetwork && each.ips.includes(end.packet.dst))
  const port = hasPorts(end.packet) ? end.packet.dstPort : 0
  const elsewhere = pod === undefined ? nodePortNotHere(cluster, end.host, end.packet) : undefined
  const told = elsewhere === undefined || name === 'sctp-abort' ? name : (`${name}-node-port` as const)
  run.recorder.hop({
    ...flightParts({ ...flight, phase: 'drop' }),
    kind: 'refuse',
    place: placeOf(cluster, end.host, 'socket'),
    subject: pod === undefined ? subjectOfAddress(cluster, end.packet.dst) : podSubject(pod),
    ...hopText(told, {
      name: nameOf(pod, end.host),
      port,
      address: end.packet.dst,
      service: elsewhere?.service.name ?? '',
    }),
    before,
    basis: pod === undefined ? 'computed' : basisOf(pod.listens[0]),
    evidence: [
      ...(elsewhere === undefined ? [] : [elsewhere.evidence]),
      socketEvidence(run, end.host, pod, { protocol: end.packet.protocol, port }),
    ],
    ...(pod === undefined ? {} : { origins: listenOrigins(pod, undefined) }),
    ...(elsewhere === undefined ? {} : { origins: elsewhere.origins }),
  })
}

/** The client has the answer to its SYN. */
export function tellConnected(run: Run, flight: Flight, client: Party, packet: Packet): void {
  const refused = flight.says === 'RST'
  const name = refused ? 'heard-refused' : 'connected'
  const values = { from: packet.src, says: flight.says }
  run.recorder.hop({
    ...flightParts({ ...flight, phase: refused ? 'drop' : 'reply' }),
    kind: 'receive',
    place: placeOf(run.world.cluster(), client.host, 'socket'),
    subject: client.subject,
    ...hopText(name, values),
    before: packet,
  })
}

/** The Pod that owns a socket; undefined for a node's own. */
export function podOfSocket(run: Run, socket: Socket): Pod | undefined {
  return run.world.cluster().pods.find((pod) => objectKey(pod.ref) === socket.owner)
}

function nameOf(pod: Pod | undefined, host: string): string {
  return pod?.ref.name ?? host
}

/** How sure we are of what a container listens on: told by the manifest, or taken from its image, environment or probes. */
function basisOf(listen: ListenSocket | undefined): Basis {
  return listen === undefined || listen.told === 'annotation' || listen.told === 'containerPort'
    ? 'computed'
    : 'assumed'
}

function listensOn(listen: ListenSocket, { protocol, port }: Pick<Socket, 'protocol' | 'port'>): boolean {
  return listen.port === port && listen.protocol.toLowerCase() === protocol
}

function socketEvidence(
  run: Run,
  host: string,
  pod: Pod | undefined,
  asked: Pick<Socket, 'protocol' | 'port'>,
): Evidence {
  const candidates =
    pod === undefined
      ? (run.world.network().hosts[host]?.sockets ?? []).map((socket) => ({
          isAsked: socket.port === asked.port && socket.protocol === asked.protocol,
          name: `${socket.address ?? '0.0.0.0'}:${socket.port} ${socket.owner.replace('node/', '')}`,
          told: phrase('reason.node-listens'),
        }))
      : pod.listens.map((listen) => ({
          isAsked: listensOn(listen, asked),
          name: `${listen.loopbackOnly ? '127.0.0.1' : '0.0.0.0'}:${listen.port}/${listen.protocol} ${listen.container}`,
          told: phrase(`reason.told-by-${listen.told}`),
        }))
  return {
    kind: 'sockets',
    title: phrase('evidence.sockets'),
    candidates: candidates.map((each) => ({
      id: each.name,
      name: each.name,
      verdict: each.isAsked ? 'won' : 'lost',
      reason: each.isAsked ? each.told : phrase('reason.other-port', { wanted: asked.port }),
    })),
    texts: [],
  }
}

function listenOrigins(pod: Pod, listen: ListenSocket | undefined): readonly Origin[] {
  const index = pod.containers.findIndex(
    (container) => container.name === (listen?.container ?? pod.containers[0]?.name),
  )
  const field = listen?.told === 'containerPort' ? 'ports' : 'image'
  return [{ object: pod.ref, paths: [['spec', 'containers', Math.max(index, 0), field]] }]
}
