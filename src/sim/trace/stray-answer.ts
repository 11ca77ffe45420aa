/**
 * An answer that comes from another address than was asked. It happens where a node rewrote the question and the answer goes round it:
 * no socket of the client waits for that sender (Linux net/ipv4/tcp_ipv4.c, __inet_lookup; udp.c, udp4_lib_lookup of a connected
 * socket), so TCP answers with a reset, UDP with port unreachable, and the client goes on waiting.
 */
import { hasPorts, type Packet } from '../network/packet.ts'
import { hopText } from '../phrase.ts'
import type { Endpoint } from './local-endpoint.ts'
import type { Flight, Party, Run } from './run.ts'
import { nameOfAddress, placeOf } from './subjects.ts'
import { flightParts, partyName } from './tell-parts.ts'

/** Whether an answer comes from the very address and port that were asked. */
export function answersFrom(packet: Packet, asked: Endpoint): boolean {
  return hasPorts(packet) && packet.src === asked.address && packet.srcPort === asked.port
}

/** The client's kernel has an answer that belongs to nothing. */
export function tellStray(run: Run, flight: Flight, client: Party, packet: Packet, asked: Endpoint): void {
  const cluster = run.world.cluster()
  const values = {
    says: flight.says,
    from: packet.src,
    sender: nameOfAddress(cluster, packet.src),
    name: partyName(client),
    asked: `${asked.address}:${asked.port}`,
  }
  run.recorder.hop({
    ...flightParts({ ...flight, phase: 'drop' }),
    kind: 'drop',
    place: placeOf(cluster, client.host, 'socket'),
    subject: client.subject,
    ...hopText('stray-answer', values),
    before: packet,
  })
}
