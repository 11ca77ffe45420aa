/**
 * Upstream's test objects as the proxy reads them. They go past the API server: they have no `type`, addresses with leading zeros,
 * node ports outside every range.
 */
import type { ApiObject } from '../../sim/cluster/objects.ts'
import { objectKey } from '../../sim/cluster/object-ref.ts'
import { readEndpointSlice } from '../../sim/cluster/read-endpoint-slice.ts'
import { readService } from '../../sim/cluster/read-service.ts'
import type { NodeRulesInput } from '../../sim/kube-proxy/node-rules-input.ts'
import { textAt } from '../../sim/manifest/json-fields.ts'
import type { JsonObject } from '../../sim/manifest/manifest.ts'
import { cidr, ip, parseCidr } from '../../sim/network/address.ts'
import type { GoldenProxy, GoldenStep } from './kube-proxy-golden.ts'

/** Objects by kind, namespace and name. */
export type CaseObjects = ReadonlyMap<string, ApiObject>

/** The objects after a step: applied ones replace their namesakes, deleted ones are gone. */
export function afterStep(
  before: CaseObjects,
  { apply = [], delete: deleted = [] }: Pick<GoldenStep, 'apply' | 'delete'>,
): CaseObjects {
  const objects = new Map(before)
  for (const body of apply) {
    const object = asApiObject(body)
    objects.set(objectKey(object.ref), object)
  }
  for (const ref of deleted) objects.delete(objectKey(ref))
  return objects
}

/** What the proxier of a case compiles. */
export function rulesInput(proxy: GoldenProxy, objects: CaseObjects): NodeRulesInput {
  const all = [...objects.values()]
  const of = (kind: string) => all.filter(({ ref }) => ref.kind === kind)
  const node = of('Node').find(({ ref }) => ref.name === proxy.nodeName)
  const zone = textAt(node?.body, 'metadata', 'labels', 'topology.kubernetes.io/zone')
  const detector = proxy.localDetector.mode === 'none' ? undefined : parseCidr(proxy.localDetector.cidr)
  return {
    services: of('Service').map(readService),
    endpointSlices: of('EndpointSlice').map(readEndpointSlice),
    node: {
      name: proxy.nodeName,
      ...(zone !== undefined && { zone }),
      podCidrs: [],
      addresses: [ip(proxy.nodeIP)],
      interfaceAddresses: proxy.nodeAddresses.map(ip),
    },
    config: {
      mode: proxy.mode,
      detectLocal: detector === undefined ? { kind: 'none' } : { kind: 'ClusterCIDR', cidrs: [detector] },
      masqueradeAll: proxy.masqueradeAll,
      masqueradeBit: Math.log2(Number(proxy.masqueradeMark)),
      localhostNodePorts: proxy.localhostNodePorts ?? true,
      nodePortAddresses: proxy.nodePortAddresses,
      conntrack: unlimitedConntrack,
      ipvs: { scheduler: 'rr', strictArp: false },
    },
    ipVersion: proxy.ipFamily === 'IPv4' ? 4 : 6,
    serviceCidrs: (proxy.serviceCIDRs ?? []).map(cidr),
    features: {
      randomFully: proxy.randomFully ?? true,
      nfacct: proxy.nfacct ?? [],
      conntrackTcpBeLiberal: proxy.conntrackTCPBeLiberal ?? false,
    },
  }
}

function asApiObject(body: JsonObject): ApiObject {
  const ref = {
    kind: textAt(body, 'kind') ?? '',
    namespace: textAt(body, 'metadata', 'namespace') ?? '',
    name: textAt(body, 'metadata', 'name') ?? '',
  }
  return { ref, apiVersion: textAt(body, 'apiVersion') ?? '', body, createdAtMs: 0 }
}

/** The cases are about rules; their connections have room. */
const unlimitedConntrack = {
  maxPerCore: 0,
  min: 0,
  tcpEstablishedSeconds: 0,
  tcpCloseWaitSeconds: 0,
  udpSeconds: 0,
  udpStreamSeconds: 0,
  tcpBeLiberal: false,
}
