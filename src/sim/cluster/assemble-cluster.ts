/** The finished cluster: all objects, and the typed lists read from them. */
import type { Cluster } from './cluster.ts'
import type { ControlLoop } from './control-loop.ts'
import { findVips } from './find-vips.ts'
import type { ApiObject } from './objects.ts'
import { readAddressBlock, readIpPool } from './read-calico.ts'
import { readConfigMap } from './read-config-map.ts'
import { readDnsEndpoint } from './read-dns-endpoint.ts'
import { readEndpointSlice } from './read-endpoint-slice.ts'
import { readGateway, readGatewayClass, readReferenceGrant } from './read-gateway.ts'
import { readHttpRoute } from './read-http-route.ts'
import { readIngress, readIngressClass } from './read-ingress.ts'
import { readNamespace } from './read-meta.ts'
import { readAddressPool, readAdvertisement } from './read-metallb.ts'
import { readNode } from './read-node.ts'
import { readPod } from './read-pod.ts'
import { readSecret } from './read-secret.ts'
import { readService } from './read-service.ts'
import { readWorkload } from './read-workload.ts'

/** Reads the store. Lists are sorted by namespace, then name, in byte order. */
export function assembleCluster(loop: ControlLoop): Cluster {
  const sorted = (kind: string) => loop.store.ofKind(kind).toSorted(byNamespaceAndName)
  return {
    config: loop.config,
    seed: loop.seed,
    nowMs: loop.nowMs,
    objects: loop.store.toRecord(),
    namespaces: sorted('Namespace').map(readNamespace),
    nodes: sorted('Node').map(readNode),
    pods: sorted('Pod').map(readPod),
    services: sorted('Service').map(readService),
    endpointSlices: sorted('EndpointSlice').map(readEndpointSlice),
    deployments: sorted('Deployment').map(readWorkload),
    replicaSets: sorted('ReplicaSet').map(readWorkload),
    statefulSets: sorted('StatefulSet').map(readWorkload),
    daemonSets: sorted('DaemonSet').map(readWorkload),
    ingresses: sorted('Ingress').map(readIngress),
    ingressClasses: sorted('IngressClass').map(readIngressClass),
    gatewayClasses: sorted('GatewayClass').map(readGatewayClass),
    gateways: sorted('Gateway').map(readGateway),
    httpRoutes: sorted('HTTPRoute').map(readHttpRoute),
    referenceGrants: sorted('ReferenceGrant').map(readReferenceGrant),
    configMaps: sorted('ConfigMap').map(readConfigMap),
    secrets: sorted('Secret').map(readSecret),
    dnsEndpoints: sorted('DNSEndpoint').map(readDnsEndpoint),
    ipPools: sorted('IPPool').flatMap(readIpPool),
    blocks: sorted('BlockAffinity').flatMap(readAddressBlock),
    vips: findVips(loop),
    addressPools: sorted('IPAddressPool').map(readAddressPool),
    l2Advertisements: sorted('L2Advertisement').map(readAdvertisement),
    bgpAdvertisements: sorted('BGPAdvertisement').map(readAdvertisement),
    pastedRules: loop.previous?.pastedRules ?? [],
  }
}

function byNamespaceAndName(a: ApiObject, b: ApiObject): number {
  return compareText(a.ref.namespace, b.ref.namespace) || compareText(a.ref.name, b.ref.name)
}

/** By UTF-16 units, which is byte order for the names that the API allows. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
