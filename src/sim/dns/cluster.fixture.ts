/** For tests: clusters as CoreDNS sees them, written as lines. */
import { plainConfig, plainService } from '../cluster/plain-cluster.fixture.ts'
import type { Endpoint, EndpointSlice, Meta, Service } from '../cluster/objects.ts'
import { ip, parseIp } from '../network/address.ts'
import type { DnsCluster } from './kubernetes-index.ts'

/**
 * A cluster of lines:
 *
 *     Namespace default
 *     Service default/nginx 10.100.221.220 :80/TCP
 *     Service default/db None https:443/TCP
 *     Service default/out ExternalName www.example.com
 *     Endpoints default/db 10.1.0.1=web-0 !10.1.0.2 https:443/TCP
 *
 * Ports are `NAME:NUMBER/PROTOCOL`; `=` gives an endpoint its hostname, `!` says that it is not ready.
 */
export function clusterFrom(text: string): DnsCluster {
  const lines = text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim().split(/\s+/)]))
  const of = (kind: string) => lines.filter((words) => words[0] === kind).map((words) => words.slice(1))
  return {
    namespaces: of('Namespace').map(([name = '']) => meta('Namespace', `/${name}`)),
    services: of('Service').map(serviceFrom),
    endpointSlices: of('Endpoints').map(sliceFrom),
    pods: [],
    config: plainConfig,
  }
}

function serviceFrom([name = '', address = '', ...rest]: readonly string[]): Service {
  const clusterIp = parseIp(address)
  return {
    ...meta('Service', name),
    ...plainService,
    type: address === 'ExternalName' ? 'ExternalName' : 'ClusterIP',
    clusterIps: clusterIp === undefined ? [] : [clusterIp],
    headless: address === 'None',
    ...(address === 'ExternalName' ? { externalName: rest[0] ?? '' } : {}),
    ports: (address === 'ExternalName' ? [] : rest).map((port) => ({
      ...portFrom(port),
      targetPort: 0,
      nodePort: 0,
    })),
  }
}

function sliceFrom([name = '', ...rest]: readonly string[]): EndpointSlice {
  const own = meta('EndpointSlice', `${name}-x`)
  return {
    ...own,
    serviceName: name.slice(name.indexOf('/') + 1),
    addressType: 'IPv4',
    endpoints: rest.filter((word) => !word.includes('/')).map(endpointFrom),
    ports: rest.filter((word) => word.includes('/')).map(portFrom),
  }
}

function endpointFrom(word: string): Endpoint {
  const [address = '', hostname] = word.replace('!', '').split('=')
  const ready = !word.startsWith('!')
  return {
    addresses: [ip(address)],
    ready,
    serving: ready,
    terminating: false,
    ...(hostname === undefined ? {} : { hostname }),
    hintZones: [],
    hintNodes: [],
  }
}

function portFrom(word: string) {
  const [, name = '', port = '0', protocol = 'TCP'] = /^(.*):(\d+)\/(.*)$/.exec(word) ?? []
  return { name, port: Number(port), protocol: protocol === 'UDP' ? ('UDP' as const) : ('TCP' as const) }
}

function meta(kind: string, key: string): Meta {
  const [namespace = '', name = ''] = key.split('/')
  return { ref: { kind, namespace, name }, labels: {}, annotations: {}, createdAtMs: 0 }
}
