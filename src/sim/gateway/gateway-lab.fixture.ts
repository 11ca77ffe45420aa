/** For tests: a cluster of two nodes with a pool of addresses, a GatewayClass of ours, and whatever YAML over it. */
import { applyManifests } from '../cluster/apply-manifests.ts'
import { createCluster } from '../cluster/build-cluster.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { openStream } from '../draw.ts'
import { listAt, textAt, valueAt } from '../manifest/json-fields.ts'
import { parseFile } from '../manifest/parse-file.ts'
import { ip } from '../network/address.ts'
import { buildDataPlane } from './build-data-plane.ts'
import type { GatewayDecision } from './gateway-decision.ts'
import type { IncomingRequest } from './route-gateway-request.ts'
import { routeGatewayRequest } from './route-gateway-request.ts'

const FLOOR = `
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking: { podSubnet: 172.31.0.0/16, serviceSubnet: 10.96.0.0/12 }
---
apiVersion: v1
kind: Node
metadata: { name: host01 }
status: { addresses: [{ type: InternalIP, address: 192.168.61.11 }], conditions: [{ type: Ready, status: "True" }] }
---
apiVersion: v1
kind: Namespace
metadata: { name: other }
---
apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata: { name: pool }
spec: { addresses: [192.168.61.200-192.168.61.240] }
---
apiVersion: metallb.io/v1beta1
kind: L2Advertisement
metadata: { name: pool }
---
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: { name: podpath }
spec: { controllerName: podpath.dev/gateway }
`
const START_MS = Date.UTC(2026, 10, 25)

/** A Service `NAME` of port 80 with one ready Pod, in `default` unless written `NAMESPACE/NAME`. */
export function aBackend(text: string): string {
  const [name = '', namespace = 'default'] = text.split('/').toReversed()
  return `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace} }
spec: { selector: { app: ${name} }, ports: [{ port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: web, image: nginx, ports: [{ containerPort: 80 }] }] }
---`
}

/** A Gateway `gw` of our class; `listeners` is the YAML list, one HTTP listener on port 80 by default. */
export function aGateway(listeners = '[{ name: http, port: 80, protocol: HTTP }]', more = ''): string {
  return `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: gw }
spec: { gatewayClassName: podpath, listeners: ${listeners} ${more} }
---`
}

/** An HTTPRoute at `gw`; `rules` is the YAML list, `more` further fields of the spec. */
export function aRoute(name: string, rules: string, more = ''): string {
  return `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: ${name} }
spec: { parentRefs: [{ name: gw }], rules: ${rules} ${more} }
---`
}

/** A cluster of these documents, applied together. Throws where one is refused. */
export function gatewayCluster(...texts: readonly string[]): Cluster {
  const floor = createCluster(parseFile('floor.yaml', FLOOR).manifests, { seed: 1, nowMs: START_MS })
  return overCluster(floor.cluster, ...texts)
}

/** The cluster with these documents applied over it. */
export function overCluster(cluster: Cluster, ...texts: readonly string[]): Cluster {
  const change = applyManifests(cluster, parseFile('test.yaml', texts.join('\n---\n')).manifests, {
    nowMs: cluster.nowMs + 1000,
  })
  const refused = change.diagnostics.find(({ severity }) => severity === 'error')
  if (refused !== undefined) throw new Error(refused.message)
  return change.cluster
}

/** What the server refuses in these documents. */
export function refusals(text: string): readonly string[] {
  const cluster = gatewayCluster()
  const file = parseFile('test.yaml', text)
  const applied = applyManifests(cluster, file.manifests, { nowMs: cluster.nowMs })
  return [...file.diagnostics, ...applied.diagnostics].map(({ message }) => message)
}

/** The conditions at a place in an object's status, as `Accepted=False NotAllowedByListeners`. */
export function conditionsOf(
  cluster: Cluster,
  key: string,
  ...path: readonly (string | number)[]
): readonly string[] {
  return listAt(valueAt(cluster.objects[key]?.body, 'status', ...path), 'conditions').map(
    (each) => `${textAt(each, 'type')}=${textAt(each, 'status')} ${textAt(each, 'reason')}`,
  )
}

/** What `gw` decides of `GET http://HOST/PATH`, or of more than that. */
export function decide(cluster: Cluster, url: string, more: Partial<IncomingRequest> = {}): GatewayDecision {
  const [, scheme = '', host = '', target = '/'] = /^(\w+):\/\/([^/]*)(.*)$/.exec(url) ?? []
  const gateway = cluster.gateways.find(({ ref }) => ref.name === 'gw')
  if (gateway === undefined) throw new Error('no Gateway gw')
  return routeGatewayRequest(
    buildDataPlane(gateway, cluster),
    {
      scheme: scheme === 'https' ? 'https' : 'http',
      port: scheme === 'https' ? 443 : 80,
      host,
      target: target === '' ? '/' : target,
      method: 'GET',
      headers: [],
      ...(scheme === 'https' ? { sni: host } : {}),
      clientAddress: ip('192.168.61.1'),
      atMs: cluster.nowMs,
      ...more,
    },
    openStream(1, url),
  )
}

/** `200 other/web:80 /path`, `404 no-route`, `302 redirect https://…`: what came of it. */
export function outcomeText({ outcome }: GatewayDecision): string {
  switch (outcome.kind) {
    case 'proxy': {
      const { namespace, name } = outcome.service
      return `200 ${namespace}/${name}:${outcome.port} ${outcome.request.target}`
    }
    case 'respond': {
      const { answer, because } = outcome
      return `${answer.status} ${because.kind}${because.kind === 'redirect' ? ` ${because.url}` : ''}`
    }
    case 'no-certificate':
    case 'not-modelled':
      return outcome.kind
  }
}
