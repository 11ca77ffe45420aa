/** Parts that the telling of every hop shares. */
import type { HookPass } from '../netfilter/evaluation.ts'
import { printConntrackEntry } from '../netfilter/conntrack.ts'
import { hasPorts, type Packet } from '../network/packet.ts'
import type { HopDraft } from './recorder.ts'
import type { Flight, Party, Run } from './run.ts'

/** What a hop has from its packet's flight. */
export function flightParts(flight: Flight): Pick<HopDraft, 'exchange' | 'packetId' | 'direction' | 'phase'> {
  const { exchange, packetId, direction, phase } = flight
  return { exchange, packetId, direction, phase }
}

/** The connection as `conntrack -L` prints it on this node now; nothing where the packet belongs to none. */
export function conntrackOf(run: Run, node: string, pass: HookPass): Pick<HopDraft, 'conntrack'> {
  if (pass.connection === undefined) return {}
  return { conntrack: { node, line: printConntrackEntry(pass.connection.entry, run.world.now()) } }
}

/** The destination as people write it: `10.96.0.10:53`, without a port where there is none. */
export function endpointText(packet: Packet): string {
  return hasPorts(packet) ? `${packet.dst}:${packet.dstPort}` : packet.dst
}

/** A sender as people call it: a Pod's name, a node's, `laptop`. */
export function partyName({ subject, host }: Party): string {
  if (subject.kind === 'client') return subject.vantage.replace(/^pod\/[^/]*\//, '')
  return 'ref' in subject ? subject.ref.name : host
}
