/** TLS is not modelled: the connection stands, and what would happen on it is not known. */
import { hopText, phrase } from '../phrase.ts'
import type { Run } from './run.ts'
import { placeOf } from './subjects.ts'
import { flightOf, tcpPacket, type Connection } from './tcp-connection.ts'
import { flightParts } from './tell-parts.ts'
import type { Result } from './trace.ts'

/** The one hop that says so. The trace never ends green. */
export function tellTls(run: Run, connection: Connection, serverName: string): Result {
  const exchange = run.recorder.open('tls', 'client', phrase('exchange.tls'))
  const { client, local, remote } = connection
  const values = { name: serverName }
  run.recorder.hop({
    ...flightParts(flightOf(run, exchange, 'request', 'ClientHello', 'silent')),
    kind: 'send',
    phase: 'edge',
    place: placeOf(run.world.cluster(), client.host, 'socket'),
    subject: client.subject,
    ...hopText('tls', values),
    before: tcpPacket(local, remote, ['PSH', 'ACK'], { protocol: 'TLS', summary: 'ClientHello', bytes: 0 }),
    basis: 'not-modelled',
  })
  return { kind: 'not-modelled', address: remote.address, port: remote.port, what: 'TLS' }
}
