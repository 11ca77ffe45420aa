/** Tells what a sender does: sends, sends again, gives up. */
import type { Millis } from '../clock.ts'
import type { Packet } from '../network/packet.ts'
import { hopText } from '../phrase.ts'
import type { Flight, Party, Run } from './run.ts'
import { placeOf } from './subjects.ts'
import { endpointText, flightParts, partyName } from './tell-parts.ts'
import type { Message } from './trace.ts'

/** The sender's hop: a socket sends. */
export function tellSent(run: Run, flight: Flight, sender: Party, packet: Packet, message?: Message): void {
  const values = { name: partyName(sender), says: flight.says, dst: endpointText(packet) }
  run.recorder.hop({
    ...flightParts(flight),
    kind: 'send',
    place: placeOf(run.world.cluster(), sender.host, 'socket'),
    subject: sender.subject,
    ...hopText('send', values),
    before: packet,
    ...(message === undefined ? {} : { message }),
  })
}

/** The same packet once more, after a wait. */
export function tellAgain(run: Run, flight: Flight, client: Party, packet: Packet, waited: Millis): void {
  const values = { says: flight.says, seconds: waited / 1000 }
  run.recorder.hop({
    ...flightParts(flight),
    kind: 'retransmit',
    place: placeOf(run.world.cluster(), client.host, 'socket'),
    subject: client.subject,
    ...hopText('retransmit', values),
    before: packet,
  })
}

/** Nobody answered, and the sender stops trying or waiting; `since` when it began. */
export function tellGaveUp(
  run: Run,
  flight: Flight,
  client: Party,
  packet: Packet,
  how: {
    readonly name: 'gave-up' | 'gave-up-early' | 'sctp-gave-up' | 'data-lost' | 'answer-lost'
    readonly since: Millis
  },
): void {
  const { name, since } = how
  const values = { says: flight.says, seconds: Math.round((run.world.now() - since) / 1000) }
  run.recorder.hop({
    ...flightParts({ ...flight, phase: 'drop' }),
    kind: 'silence',
    place: placeOf(run.world.cluster(), client.host, 'socket'),
    subject: client.subject,
    ...hopText(name, values),
    before: packet,
  })
}
