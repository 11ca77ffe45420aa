/** The sender's end of a new conversation: which address and port it speaks from. */
import { drawBelow } from '../draw.ts'
import { ip, ipVersion, type IpAddress } from '../network/address.ts'
import { firstAddress, sourceAddress } from '../network/route.ts'
import { processOf } from './packet-sender.ts'
import type { Party, Run } from './run.ts'

export interface Endpoint {
  readonly address: IpAddress
  readonly port: number
}

const EPHEMERAL = { from: 32768, count: 28232 }

/** The address that a host sends from towards `to`. */
export function localAddress(run: Run, host: string, to: IpAddress): IpAddress {
  const here = run.world.network().hosts[host]
  const nobody = ip(ipVersion(to) === 4 ? '0.0.0.0' : '::')
  if (here === undefined) return nobody
  return sourceAddress(here, to) ?? firstAddress(here, ipVersion(to)) ?? nobody
}

/** A source port that no remembered connection uses, if one is found (net.ipv4.ip_local_port_range). */
export function ephemeralPort(run: Run, { host, subject }: Party): number {
  const draw = run.world.stream(`ports/${host}`)
  let port = EPHEMERAL.from + drawBelow(draw, EPHEMERAL.count)
  for (let tries = 1; tries < EPHEMERAL.count && isUsed(run, port); tries++)
    port = EPHEMERAL.from + drawBelow(draw, EPHEMERAL.count)
  run.world.opened(host, port, processOf(run.world.cluster(), subject))
  return port
}

function isUsed(run: Run, port: number): boolean {
  return Object.values(run.world.kernels()).some(({ conntrack }) =>
    conntrack.entries.some((entry) => entry.original.srcPort === port),
  )
}
