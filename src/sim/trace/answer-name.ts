/** CoreDNS at work in its Pod: the Corefile of its ConfigMap, the records of what the controllers have written. */
import type { Cluster } from '../cluster/cluster.ts'
import { COREDNS_CONFIG, corefileOf } from '../cluster/coredns-config.ts'
import type { Pod } from '../cluster/objects.ts'
import { openCoreDns, answerQuery, type CoreDns } from '../dns/coredns.ts'
import { parseCorefile } from '../dns/corefile.ts'
import type { DnsAnswer } from '../dns/dns-answer.ts'
import type { DnsMessage } from '../dns/message.ts'
import type { Socket } from '../network/network.ts'
import type { Run } from './run.ts'
import { isCoreDns } from './subjects.ts'
import { podOfSocket } from './tell-socket.ts'
import { nodeResolvConf } from './vantage.ts'

/**
 * The answer of whoever owns the socket; undefined where that is no CoreDNS, or it has no Corefile.
 * Its upstream is the node's resolver, which in the closed classroom cannot be reached: it answers SERVFAIL at once.
 */
export function answerAsCoreDns(
  run: Run,
  socket: Socket,
  query: DnsMessage,
  transport: 'UDP' | 'TCP' = 'UDP',
): DnsAnswer | undefined {
  const pod = podOfSocket(run, socket)
  if (pod === undefined || !isCoreDns(pod)) return undefined
  const server = openServer(run, run.world.written(), pod)
  if (server === undefined) return undefined
  const answer = answerQuery(server, query, { now: run.world.now(), transport })
  const present = corefileOf(run.world.cluster())
  return pod.corefile === undefined || pod.corefile === present
    ? answer
    : { ...answer, isFormerCorefile: true }
}

function openServer(run: Run, cluster: Cluster, pod: Pod): CoreDns | undefined {
  // A process goes by the file that it took, which may be an older one than stands there now.
  const text = pod.corefile ?? corefileOf(cluster)
  const corefile = text === undefined ? undefined : parseCorefile(text).config
  if (corefile === undefined) return undefined
  return openCoreDns({
    corefile,
    cluster,
    nodeResolvConf: nodeResolvConf(cluster),
    corefileOrigin: { object: COREDNS_CONFIG, paths: [['data', 'Corefile']] },
    upstream: () => ({ kind: 'port-unreachable', afterMs: 0 }),
    draw: run.world.stream('coredns'),
  })
}
