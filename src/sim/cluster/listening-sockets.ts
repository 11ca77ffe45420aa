/**
 * What a Pod listens on, which no manifest says for certain. In this order: the annotation `podpath.dev/listen`; else, for each
 * container, its `containerPort`s; else what its environment (`PORT`) and its probes tell; else what its image is known for.
 */
import { listAt, numberAt, textAt, textsAt, valueAt } from '../manifest/json-fields.ts'
import type { JsonObject, JsonValue } from '../manifest/manifest.ts'
import { portsOfImage } from './image-ports.ts'
import type { ListenSocket } from './objects.ts'
import { readProtocol } from './read-meta.ts'

/** The annotation that says what a Pod listens on, `80/TCP, 127.0.0.1:9090/TCP, 443/TLS`. */
const LISTEN_ANNOTATION = 'podpath.dev/listen'

/** The sockets of a Pod, in the order of its containers. Entries of the annotation that cannot be read are left out. */
export function listeningSockets(
  annotations: Readonly<Record<string, string>>,
  podSpec: JsonObject,
): readonly ListenSocket[] {
  const containers = listAt(podSpec, 'containers')
  const told = Object.hasOwn(annotations, LISTEN_ANNOTATION) ? annotations[LISTEN_ANNOTATION] : undefined
  if (told !== undefined) return annotated(told, textAt(containers[0], 'name') ?? '')
  return containers.flatMap(socketsOfContainer)
}

function annotated(text: string, container: string): ListenSocket[] {
  return text.split(',').flatMap((entry) => {
    const [, address = '', digits = '', protocol = 'TCP'] =
      /^(?:(\[[^\]]*\]|[^:/]*):)?(\d{1,5})(?:\/(TCP|UDP|SCTP|TLS))?$/i.exec(entry.trim()) ?? []
    const port = Number(digits)
    if (digits === '' || port < 1 || port > 65535) return []
    const upper = protocol.toUpperCase()
    return [
      {
        container,
        protocol: upper === 'TLS' ? upper : readProtocol(upper),
        port,
        loopbackOnly: /^(127\.|localhost$|\[::1\]$)/.test(address),
        told: 'annotation' as const,
      },
    ]
  })
}

function socketsOfContainer(container: JsonValue): ListenSocket[] {
  const name = textAt(container, 'name') ?? ''
  const make = (
    port: number,
    protocol: ListenSocket['protocol'],
    told: ListenSocket['told'],
  ): ListenSocket => ({
    container: name,
    protocol,
    port,
    loopbackOnly: false,
    told,
  })
  const declared = listAt(container, 'ports').flatMap((port) => {
    const number = numberAt(port, 'containerPort')
    return number === undefined ? [] : [make(number, readProtocol(textAt(port, 'protocol')), 'containerPort')]
  })
  if (declared.length > 0) return declared
  const hinted = [
    ...portsOfEnvironment(container).map((port) => make(port, 'TCP', 'environment')),
    ...portsOfProbes(container).map((port) => make(port, 'TCP', 'probe')),
  ]
  if (hinted.length > 0)
    return hinted.filter((one, index) => hinted.findIndex((other) => other.port === one.port) === index)
  return portsOfImage(textAt(container, 'image') ?? '', textsAt(container, 'command')).map(
    ({ port, protocol }) => make(port, protocol, 'image'),
  )
}

function portsOfEnvironment(container: JsonValue): number[] {
  const text = textAt(
    listAt(container, 'env').find((variable) => textAt(variable, 'name') === 'PORT'),
    'value',
  )
  const port = /^\d{1,5}$/.test(text ?? '') ? Number(text) : 0
  return port > 0 && port < 65536 ? [port] : []
}

function portsOfProbes(container: JsonValue): number[] {
  return ['readinessProbe', 'livenessProbe', 'startupProbe'].flatMap((probe) => {
    const ports = [
      valueAt(container, probe, 'httpGet', 'port'),
      valueAt(container, probe, 'tcpSocket', 'port'),
      valueAt(container, probe, 'grpc', 'port'),
    ]
    return ports.filter((port) => typeof port === 'number')
  })
}
