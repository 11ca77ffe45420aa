/**
 * A fault that can be switched on: the two questions of a resolver leave one socket at once, two CPUs of the client's node take them,
 * and neither finds the other's connection in conntrack. Each asks nat for itself; where the draws differ, the second cannot be inserted
 * and is dropped, and its resolver waits for an answer that nobody was asked for (kubernetes/kubernetes issue 56903).
 *
 * That the moment is met is assumed: with the fault on, by every pair. What comes of it is computed, as Linux 5.0 to 5.5 do it
 * (netfilter/pass-hook.ts). Only the second packet races: those behind it find the first one's connection.
 * Left out: BusyBox nslookup's burst, whose questions are sent one by one here.
 */
import type { IpVersion } from '../network/address.ts'
import type { Party, Run } from './run.ts'
import { placeOf } from './subjects.ts'
import { kernelName } from './world.ts'

/** The run in which the second packet of a pair is sent, if it races; to be opened before the first is. */
export function openRace(run: Run, client: Party): Run | undefined {
  const { node } = placeOf(run.world.cluster(), client.host)
  if (node === undefined || run.request.faults?.includes('conntrack-race') !== true) return undefined
  const nextIds = new Map(
    ([4, 6] as const).map((version) => [version, nextIdOf(run, node, version)] as const),
  )
  const racingFrom = (host: string, version: IpVersion) =>
    (host === node ? nextIds.get(version) : undefined) ?? Number.POSITIVE_INFINITY
  return { ...run, world: { ...run.world, racingFrom } }
}

/** The id that the first packet's connection gets, if it opens one. */
function nextIdOf(run: Run, node: string, version: IpVersion): number {
  return run.world.kernels()[kernelName(node, version)]?.conntrack.nextId ?? 1
}
