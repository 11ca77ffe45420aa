/** Who refused a connection: the node by a rule, or a Pod in which nobody listens. */
import type { Hop, Trace } from '../../sim/trace/trace.ts'
import type { RefusalContent } from './scene.ts'

/** The refusal in which a trace ended; undefined where it ended otherwise, or where neither a node nor a Pod refused. */
export function refusalOf(trace: Trace | undefined): RefusalContent | undefined {
  const hop = trace?.hops.findLast(({ kind }) => kind === 'refuse')
  if (trace?.verdict.kind !== 'refused' || hop === undefined) return undefined
  const error = trace.hops.find((later) => later.index >= hop.index && later.direction === 'reply')?.before
  const by = byWhom(hop)
  if (error === undefined || by === undefined) return undefined
  const how = error.protocol === 'icmp' || error.protocol === 'icmpv6' ? 'icmp' : 'rst'
  const name = by === 'pod' ? (hop.place.host.split('/')[1] ?? hop.place.host) : hop.place.host
  return { kind: 'refusal', hop: hop.index, by, name, address: error.src, how }
}

function byWhom({ place }: Hop): 'node' | 'pod' | undefined {
  return place.hostKind === 'node' || place.hostKind === 'pod' ? place.hostKind : undefined
}
