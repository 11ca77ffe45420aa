/**
 * Objects in one line each, for tests.
 *
 *     anIngress('web01', ['web01 / nginx:80', 'web01 =/exact nginx:http', '* /all nginx:80'])
 *     aService('nginx', 'http 80:8080')
 *     aSlice('nginx', 'http 8080', ['172.31.1.2', '!172.31.1.3'])     `!` is not ready
 */
import { plainService } from '../cluster/plain-cluster.fixture.ts'
import type { EndpointSlice, Ingress, IngressClass, IngressPath, Meta, Service } from '../cluster/objects.ts'
import { ip } from '../network/address.ts'
import type { ControllerConfig, ControllerInput } from './controller-config.ts'
import { buildControllerConfig } from './controller-config.ts'
import { readControllerSettings } from './controller-settings.ts'

/** Whatever a row does not say; `second` is the creation time. */
interface IngressOptions {
  readonly namespace?: string
  readonly second?: number
  /** `null`: none. */
  readonly className?: string | null
  readonly annotations?: Readonly<Record<string, string>>
  readonly tls?: Ingress['tls']
  /** `nginx:80` */
  readonly defaultBackend?: string
}

/** An Ingress. A rule is `HOST PATH SERVICE:PORT`; `=` before the path is Exact; host `*` is every host; no path: no `http`. */
export function anIngress(name: string, rules: readonly string[], options: IngressOptions = {}): Ingress {
  const { className = 'nginx', annotations = {}, defaultBackend, second = 0 } = options
  const prefixed = Object.entries(annotations).map(([key, value]) => [
    key.includes('/') ? key : `nginx.ingress.kubernetes.io/${key}`,
    value,
  ])
  return {
    ...meta('Ingress', name, options.namespace),
    annotations: Object.fromEntries(prefixed),
    createdAtMs: second * 1000,
    ...(className !== null && { ingressClassName: className }),
    ...(defaultBackend !== undefined && { defaultBackend: backend(defaultBackend) }),
    rules: rules.map(rule),
    tls: options.tls ?? [],
    addresses: [],
  }
}

/** A Service; its ports are `NAME PORT:TARGETPORT`, or `PORT:TARGETPORT` without a name. */
export function aService(name: string, ...ports: readonly string[]): Service {
  return {
    ...meta('Service', name),
    ...plainService,
    clusterIps: [ip('10.96.7.7')],
    ports: ports.map((text) => {
      const [, portName = '', port, target = ''] = /^(?:(\S+) )?(\d+):(\S+)$/.exec(text) ?? []
      const targetPort = /^\d+$/.test(target) ? Number(target) : target
      return { name: portName, protocol: 'TCP', port: Number(port), targetPort, nodePort: 0 }
    }),
    selector: { app: name },
  }
}

/** An EndpointSlice of a Service; the port is `NAME PORT` or `PORT`; each address is a Pod, `!` before it: not ready. */
export function aSlice(service: string, port: string, addresses: readonly string[]): EndpointSlice {
  const [number = '', name = ''] = port.split(' ').toReversed()
  return {
    ...meta('EndpointSlice', `${service}-abcde`),
    serviceName: service,
    addressType: 'IPv4',
    ports: [{ name, port: Number(number), protocol: 'TCP' }],
    endpoints: addresses.map((text) => {
      const ready = !text.startsWith('!')
      const address = ip(text.replace('!', ''))
      const targetRef = { kind: 'Pod', namespace: 'default', name: `${service}-${address}` }
      return {
        addresses: [address],
        ready,
        serving: ready,
        terminating: false,
        targetRef,
        hintZones: [],
        hintNodes: [],
      }
    }),
  }
}

/** The class `nginx` of ingress-nginx. */
export const nginxClass: IngressClass = {
  ...meta('IngressClass', 'nginx', ''),
  controller: 'k8s.io/ingress-nginx',
  isDefault: true,
}

/** A controller's model of these objects, with the class `nginx` there; flags and ConfigMap by their keys. */
export function aConfig(
  objects: Partial<Omit<ControllerInput, 'controller'>>,
  flags: Readonly<Record<string, string>> = {},
  configMap: Readonly<Record<string, string>> = {},
): ControllerConfig {
  return buildControllerConfig({
    ingresses: [],
    ingressClasses: [nginxClass],
    services: [],
    endpointSlices: [],
    ...objects,
    controller: readControllerSettings(flags, configMap),
  })
}

function meta(kind: string, name: string, namespace = 'default'): Meta {
  return { ref: { kind, namespace, name }, labels: {}, annotations: {}, createdAtMs: 0 }
}

function rule(text: string): Ingress['rules'][number] {
  const [host = '', path, to] = text.split(' ')
  const claimed = host === '*' ? '' : host
  if (path === undefined || to === undefined) return { host: claimed }
  const pathType: IngressPath['pathType'] = path.startsWith('=') ? 'Exact' : 'Prefix'
  return { host: claimed, paths: [{ path: path.replace(/^=/, ''), pathType, backend: backend(to) }] }
}

function backend(text: string): IngressPath['backend'] {
  const [name = '', port = ''] = text.split(':')
  return { service: { name, port: /^\d+$/.test(port) ? Number(port) : port } }
}
