/** CoreDNS at work in its Pod: the Corefile of its ConfigMap, the records of what the controllers have written. */
import type { Cluster } from '../cluster/cluster.ts'
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
  const present = corefileText(run.world.cluster())
  return pod.corefile === undefined || pod.corefile === present
    ? answer
    : { ...answer, isFormerCorefile: true }
}

/** As it stands in the ConfigMap now. */
function corefileText(cluster: Cluster): string | undefined {
  return configMapOf(cluster)?.data['Corefile']
}

function configMapOf(cluster: Cluster) {
  return cluster.configMaps.find(({ ref }) => ref.namespace === 'kube-system' && ref.name === 'coredns')
}

function openServer(run: Run, cluster: Cluster, pod: Pod): CoreDns | undefined {
  const configMap = configMapOf(cluster)
  // A process goes by the file that it took, which may be an older one than stands there now.
  const text = pod.corefile ?? configMap?.data['Corefile']
  const corefile = text === undefined ? undefined : parseCorefile(text).config
  if (corefile === undefined || configMap === undefined) return undefined
  return openCoreDns({
    corefile,
    cluster,
    nodeResolvConf: nodeResolvConf(cluster),
    corefileOrigin: { object: configMap.ref, paths: [['data', 'Corefile']] },
    upstream: () => ({ kind: 'port-unreachable', afterMs: 0 }),
    draw: run.world.stream('coredns'),
  })
}
