/** A bare UDP datagram, `udp://host:port`. What a program would answer to it is not known; what refuses it is. */
import { between } from '../clock.ts'
import type { IpAddress } from '../network/address.ts'
import { hopText, phrase } from '../phrase.ts'
import { datagram, sendDatagram } from './datagram.ts'
import type { Flight, Party, Run } from './run.ts'
import { placeOf, podSubject, subjectOfAddress } from './subjects.ts'
import { ephemeralPort, localAddress } from './local-endpoint.ts'
import { tellSent } from './tell-sender.ts'
import { flightParts } from './tell-parts.ts'
import { podOfSocket } from './tell-socket.ts'
import type { Result } from './trace.ts'

/** Sends one datagram and tells who took it. */
export function sendUdp(run: Run, client: Party, address: IpAddress, port: number): Result {
  const startedAt = run.world.now()
  const exchange = run.recorder.open('udp', 'client', phrase('exchange.udp'))
  const flight: Flight = {
    exchange,
    packetId: run.recorder.newPacket(),
    direction: 'request',
    phase: 'nat',
    detail: 'full',
    says: 'UDP',
  }
  const local = { address: localAddress(run, client.host, address), port: ephemeralPort(run, client) }
  const packet = datagram(local, { address, port }, { protocol: 'data', summary: 'UDP', bytes: 1 })
  tellSent(run, flight, client, packet)
  const outcome = sendDatagram(run, flight, client, packet)
  const failed = (error: 'refused' | 'timed-out' | 'unreachable'): Result => ({
    kind: 'connect-failed',
    address,
    port,
    error,
    afterMs: between(startedAt, run.world.now()),
  })
  switch (outcome.kind) {
    case 'port-unreachable':
      return failed('refused')
    case 'unreachable':
    case 'not-sent':
      return failed('unreachable')
    case 'silence':
      return failed('timed-out')
    case 'unknown':
      return { kind: 'not-modelled', address, port, what: 'netfilter' }
    case 'taken': {
      const cluster = run.world.cluster()
      const pod = podOfSocket(run, outcome.taken.socket)
      const values = { name: pod?.ref.name ?? outcome.taken.host, port: outcome.taken.local.port }
      run.recorder.hop({
        ...flightParts({ ...flight, phase: 'pod' }),
        kind: 'deliver',
        place: placeOf(cluster, outcome.taken.host, 'socket'),
        subject: pod === undefined ? subjectOfAddress(cluster, outcome.taken.local.address) : podSubject(pod),
        ...hopText('udp-taken', values),
        before: datagram(outcome.taken.peer, outcome.taken.local, {
          protocol: 'data',
          summary: 'UDP',
          bytes: 1,
        }),
      })
      return { kind: 'delivered', address, port }
    }
  }
}
