/** Services and EndpointSlices for tests, in a line or two. */
import { plainConfig, plainService } from '../cluster/plain-cluster.fixture.ts'
import type { Endpoint, EndpointSlice, Protocol, Service, ServicePort } from '../cluster/objects.ts'
import { cidr, ip, ipVersion } from '../network/address.ts'
import type { NodeRulesInput } from './node-rules-input.ts'

/** `default/nginx`, port 80/TCP without a name, unless told otherwise. */
export function testService(
  name: string,
  clusterIp: string,
  more: Partial<Service> & { readonly port?: Partial<ServicePort> } = {},
): Service {
  const [namespace = '', own = ''] = name.split('/')
  const { port, ...rest } = more
  return {
    ref: { kind: 'Service', namespace, name: own },
    labels: {},
    annotations: {},
    createdAtMs: 0,
    ...plainService,
    clusterIps: [ip(clusterIp)],
    ports: [{ name: '', protocol: 'TCP', port: 80, targetPort: 80, nodePort: 0, ...port }],
    selector: { app: own },
    ...rest,
  }
}

/** A slice of a Service: one endpoint an entry, `ADDRESS` or `ADDRESS@node`, ready unless `more` of its address says otherwise. */
export function testSlice(
  service: string,
  endpoints: readonly string[],
  more: {
    readonly port?: number
    readonly protocol?: Protocol
    readonly of?: Readonly<Record<string, Partial<Endpoint>>>
  } = {},
): EndpointSlice {
  const [namespace = '', name = ''] = service.split('/')
  const { port = 80, protocol = 'TCP', of = {} } = more
  const read = endpoints.map((text): Endpoint => {
    const [address = '', nodeName] = text.split('@')
    return {
      addresses: [ip(address)],
      ready: true,
      serving: true,
      terminating: false,
      ...(nodeName !== undefined && { nodeName }),
      targetRef: { kind: 'Pod', namespace, name: `pod-${address}` },
      hintZones: [],
      hintNodes: [],
      ...of[address],
    }
  })
  const [first] = read.flatMap(({ addresses }) => addresses)
  return {
    ref: { kind: 'EndpointSlice', namespace, name: `${name}-1` },
    labels: {},
    annotations: {},
    createdAtMs: 0,
    serviceName: name,
    addressType: first !== undefined && ipVersion(first) === 6 ? 'IPv6' : 'IPv4',
    endpoints: read,
    ports: [{ name: '', port, protocol }],
  }
}

/** host01 of a cluster whose Pods are in 172.31.0.0/16, with the defaults of a kubeadm cluster. */
export function testInput(
  services: readonly Service[],
  endpointSlices: readonly EndpointSlice[],
  more: Partial<NodeRulesInput> = {},
): NodeRulesInput {
  return {
    services,
    endpointSlices,
    node: {
      name: 'host01',
      podCidrs: [cidr('172.31.1.0/24')],
      addresses: [ip('192.168.61.11'), ip('fd00:61::11')],
      interfaceAddresses: [ip('192.168.61.11'), ip('10.0.2.15'), ip('fd00:61::11')],
    },
    config: plainConfig.kubeProxy,
    ipVersion: 4,
    features: { randomFully: true, nfacct: [], conntrackTcpBeLiberal: false },
    ...more,
  }
}
