/** Pods and their containers (core/v1, 1.32). */
import { parseIp } from '../network/address.ts'
import {
  flagAt,
  listAt,
  numberAt,
  objectAt,
  textAt,
  textMapAt,
  textsAt,
  valueAt,
} from '../manifest/json-fields.ts'
import type { JsonValue } from '../manifest/manifest.ts'
import { listeningSockets } from './listening-sockets.ts'
import { networkInitOf } from './network-init.ts'
import type { ApiObject, Container, ContainerPort, DnsConfig, Pod } from './objects.ts'
import { readMeta, readProtocol } from './read-meta.ts'
import { remembered } from './remembered.ts'

/** A Pod with its status. Ready is the condition `Ready`. */
export const readPod: (object: ApiObject) => Pod = remembered((object) => {
  const { body } = object
  const spec = objectAt(body, 'spec')
  const status = objectAt(body, 'status')
  const nodeName = textAt(spec, 'nodeName')
  const ips = addressesOf(status)
  const hostname = textAt(spec, 'hostname')
  const subdomain = textAt(spec, 'subdomain')
  const dnsConfig = readDnsConfig(valueAt(spec, 'dnsConfig'))
  const waitingReason = waitingReasonOf(status)
  const networkInit = networkInitOf(spec)
  return {
    ...readMeta(object),
    ...(nodeName === undefined || nodeName === '' ? {} : { nodeName }),
    ...(ips[0] === undefined ? {} : { ip: ips[0] }),
    ips,
    hostNetwork: flagAt(spec, 'hostNetwork'),
    containers: readContainers(spec),
    dnsPolicy: dnsPolicyOf(textAt(spec, 'dnsPolicy')),
    ...(dnsConfig === undefined ? {} : { dnsConfig }),
    ...(hostname === undefined ? {} : { hostname }),
    ...(subdomain === undefined ? {} : { subdomain }),
    hostAliases: listAt(spec, 'hostAliases').map((alias) => ({
      ip: textAt(alias, 'ip') ?? '',
      hostnames: textsAt(alias, 'hostnames'),
    })),
    phase: phaseOf(textAt(status, 'phase')),
    ready: isConditionTrue(status, 'Ready'),
    terminating: textAt(body, 'metadata', 'deletionTimestamp') !== undefined,
    restarts: listAt(status, 'containerStatuses').reduce<number>(
      (sum, container) => sum + (numberAt(container, 'restartCount') ?? 0),
      0,
    ),
    ...(waitingReason === undefined ? {} : { waitingReason }),
    ...(networkInit === undefined ? {} : { networkInit }),
    listens: listeningSockets(textMapAt(body, 'metadata', 'annotations'), spec),
    secretVolumes: listAt(spec, 'volumes').flatMap((volume) => textAt(volume, 'secret', 'secretName') ?? []),
    ...(object.corefile === undefined ? {} : { corefile: object.corefile }),
  }
})

/** The containers of a Pod spec; init containers are not among them. */
export function readContainers(podSpec: JsonValue | undefined): readonly Container[] {
  return listAt(podSpec, 'containers').map((container) => ({
    name: textAt(container, 'name') ?? '',
    image: textAt(container, 'image') ?? '',
    ports: listAt(container, 'ports').flatMap(readContainerPort),
    env: Object.fromEntries(
      listAt(container, 'env').flatMap((variable) => {
        const [name, value] = [textAt(variable, 'name'), textAt(variable, 'value')]
        return name === undefined || value === undefined ? [] : [[name, value] as const]
      }),
    ),
    command: textsAt(container, 'command'),
    args: textsAt(container, 'args'),
    ...runAsOf(container, podSpec),
  }))
}

/** Whether a status has a condition of this type with status `True`. */
export function isConditionTrue(status: JsonValue | undefined, type: string): boolean {
  return listAt(status, 'conditions').some(
    (condition) => textAt(condition, 'type') === type && textAt(condition, 'status') === 'True',
  )
}

/** The container's word before the Pod's. Without a group it is root's (core/v1, PodSecurityContext). */
function runAsOf(container: JsonValue, podSpec: JsonValue | undefined): Pick<Container, 'runAs'> {
  const told = (field: string) =>
    numberAt(container, 'securityContext', field) ?? numberAt(podSpec, 'securityContext', field)
  const uid = told('runAsUser')
  return uid === undefined ? {} : { runAs: { uid, gid: told('runAsGroup') ?? 0 } }
}

function readContainerPort(port: JsonValue): ContainerPort[] {
  const containerPort = numberAt(port, 'containerPort')
  const name = textAt(port, 'name')
  if (containerPort === undefined) return []
  return [
    {
      ...(name === undefined ? {} : { name }),
      containerPort,
      protocol: readProtocol(textAt(port, 'protocol')),
    },
  ]
}

function addressesOf(status: JsonValue): Pod['ips'] {
  const listed = listAt(status, 'podIPs').map((entry) => textAt(entry, 'ip') ?? '')
  const texts = listed.length > 0 ? listed : [textAt(status, 'podIP') ?? '']
  return texts.flatMap((text) => parseIp(text) ?? [])
}

function readDnsConfig(value: JsonValue | undefined): DnsConfig | undefined {
  if (value === undefined) return undefined
  return {
    nameservers: textsAt(value, 'nameservers'),
    searches: textsAt(value, 'searches'),
    options: listAt(value, 'options').map((option) => {
      const optionValue = textAt(option, 'value')
      return {
        name: textAt(option, 'name') ?? '',
        ...(optionValue === undefined ? {} : { value: optionValue }),
      }
    }),
  }
}

function dnsPolicyOf(text: string | undefined): Pod['dnsPolicy'] {
  return text === 'Default' || text === 'None' || text === 'ClusterFirstWithHostNet' ? text : 'ClusterFirst'
}

function phaseOf(text: string | undefined): Pod['phase'] {
  return text === 'Running' || text === 'Succeeded' || text === 'Failed' || text === 'Unknown'
    ? text
    : 'Pending'
}

/** Of the first container that waits: its word is the one that `kubectl get pods` shows. */
function waitingReasonOf(status: JsonValue): string | undefined {
  const reasons = listAt(status, 'containerStatuses').flatMap(
    (container) => textAt(container, 'state', 'waiting', 'reason') ?? [],
  )
  return reasons[0]
}
