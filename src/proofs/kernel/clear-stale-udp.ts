/**
 * kube-proxy's work on a node's conntrack table, done here in its place by conntrack(8): after new rules it deletes what was sent to a
 * Service by UDP and is answered by no endpoint of it (pkg/proxy/conntrack/cleanup.go). Services without endpoints are passed over.
 */
import type { Cluster } from '../../sim/cluster/cluster.ts'
import { runIn } from './commands.ts'

/** Deletes the stale entries of the node whose namespace this is. */
export async function clearStaleUdp(cluster: Cluster, namespace: string): Promise<void> {
  const listed = await runIn(namespace, 'conntrack', ['-L', '-p', 'udp'])
  for (const service of cluster.services) {
    const endpoints = endpointsOf(cluster, service.ref.name)
    if (endpoints.length === 0) continue
    for (const { protocol, port } of service.ports) {
      if (protocol !== 'UDP') continue
      for (const address of service.clusterIps)
        for (const [, source = '', from = '', answers = ''] of listed.matchAll(entriesTo(address, port)))
          if (!endpoints.includes(answers))
            await runIn(
              namespace,
              'conntrack',
              words(`-D -p udp --orig-src ${source} --orig-dst ${address} --sport ${from} --dport ${port}`),
            )
    }
  }
}

function endpointsOf(cluster: Cluster, service: string): readonly string[] {
  return cluster.endpointSlices
    .filter(({ labels }) => labels['kubernetes.io/service-name'] === service)
    .flatMap(({ endpoints }) => endpoints.flatMap(({ addresses }) => addresses))
}

/** Source, its port, and who answers, of each entry of `conntrack -L` that was sent there. */
function entriesTo(address: string, port: number): RegExp {
  const to = address.replaceAll('.', '\\.')
  return new RegExp(`src=(\\S+) dst=${to} sport=(\\d+) dport=${port} (?:\\[\\w+\\] )?src=(\\S+)`, 'g')
}

function words(line: string): readonly string[] {
  return line.split(' ')
}
