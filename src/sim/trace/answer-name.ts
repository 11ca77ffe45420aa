/** CoreDNS at work in its Pod: the Corefile of its ConfigMap, the records of what the controllers have written. */
import type { Cluster } from '../cluster/cluster.ts'
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
 * The answer of whoever owns the socket; undefined where that is no CoreDNS, or its Corefile does not let it start.
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
  const server = openServer(run, run.world.written())
  return server === undefined ? undefined : answerQuery(server, query, { now: run.world.now(), transport })
}

function openServer(run: Run, cluster: Cluster): CoreDns | undefined {
  const configMap = cluster.configMaps.find(
    (each) => each.ref.namespace === 'kube-system' && each.ref.name === 'coredns',
  )
  const text = configMap?.data['Corefile']
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
