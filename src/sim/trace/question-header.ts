/** The header that a lookup's own hops show, which no packet of theirs has: the question that will be, or was, asked. */
import type { ResolvConf } from '../dns/resolv-conf.ts'
import { ip } from '../network/address.ts'
import type { DatagramPacket } from '../network/packet.ts'
import { datagram } from './datagram.ts'
import { localAddress } from './local-endpoint.ts'
import type { Party, Run } from './run.ts'

/** From the asker to its first name server; the port is not chosen yet, and the message has no bytes. */
export function questionHeader(run: Run, asker: Party, conf: ResolvConf, name: string): DatagramPacket {
  const server = conf.nameservers[0] ?? ip('127.0.0.1')
  const local = { address: localAddress(run, asker.host, server), port: 0 }
  return datagram(local, { address: server, port: 53 }, { protocol: 'DNS', summary: name, bytes: 0 })
}
