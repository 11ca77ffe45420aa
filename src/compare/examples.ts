/** Requests in which the modes differ, or famously do not, told from what is in this cluster. */
import type { RequestDraft } from '../app/app-state.ts'
import type { ServicePortView, ServiceView, Snapshot } from '../sim/snapshot.ts'

export interface Example {
  readonly id: 'cluster-ip' | 'undeclared-port' | 'ping' | 'node-port-localhost' | 'no-endpoints'
  readonly request: Partial<RequestDraft>
}

/** Ports to ask for that a Service is unlikely to declare. */
const UNLIKELY = [81, 8081, 9999]

/** Those that this cluster has the objects for. They ask addresses, so that no name lookup stands before what differs. */
export function examplesIn(snapshot: Snapshot): readonly Example[] {
  const from = asker(snapshot)
  const node = snapshot.nodes[0]?.name
  const apps = snapshot.services.filter(({ role, clusterIp }) => role === 'app' && clusterIp !== '')
  const served = first(apps, (port) => port.protocol === 'TCP' && port.rows.length > 0)
  const nobody = first(apps, (port) => port.protocol === 'TCP' && port.rows.length === 0)
  const door = first(snapshot.services, (port) => port.protocol === 'TCP' && port.nodePort !== 0)
  const undeclared = UNLIKELY.find((port) => served?.service.ports.every((each) => each.port !== port))
  const http = (address: string, port: number) => `http://${address}${port === 80 ? '' : `:${port}`}/`
  const examples: readonly (Example | undefined)[] = [
    served && example('cluster-ip', from, http(served.service.clusterIp, served.port.port)),
    served &&
      undeclared !== undefined &&
      example('undeclared-port', from, http(served.service.clusterIp, undeclared)),
    served && example('ping', from, `ping ${served.service.clusterIp}`),
    door && example('node-port-localhost', node, http('127.0.0.1', door.port.nodePort)),
    nobody && example('no-endpoints', from, http(nobody.service.clusterIp, nobody.port.port)),
  ].map((each) => (each === false ? undefined : each))
  return examples.filter((each) => each !== undefined)
}

function example(id: Example['id'], from: string | undefined, url: string): Example | undefined {
  const plain = { method: 'GET', headersText: '', body: '', sni: '' }
  return from === undefined ? undefined : { id, request: { ...plain, from, url } }
}

/** A Pod of one's own that serves nobody; else any Pod. */
function asker({ vantages, pods }: Snapshot): string | undefined {
  const inPods = vantages.filter(({ kind }) => kind === 'pod')
  const serves = (name: string, namespace: string | undefined) =>
    pods.some(({ ref, services }) => ref.name === name && ref.namespace === namespace && services.length > 0)
  return (
    inPods.find(
      ({ name, namespace }) => !(namespace ?? '').startsWith('kube-') && !serves(name, namespace),
    ) ?? inPods[0]
  )?.id
}

function first(
  services: readonly ServiceView[],
  wanted: (port: ServicePortView) => boolean,
): { readonly service: ServiceView; readonly port: ServicePortView } | undefined {
  return services
    .flatMap((service) => service.ports.map((port) => ({ service, port })))
    .find(({ port }) => wanted(port))
}
