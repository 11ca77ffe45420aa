/** What the API server refuses in a Service whatever the cluster holds: ValidateService (pkg/apis/core/validation, 1.32). */
import { parseIp } from '../network/address.ts'
import { duplicate, forbidden, invalid, required, unsupported } from './field-problem.ts'
import type { FieldProblem } from './field-problem.ts'
import { listAt, numberAt, objectAt, textAt, valueAt } from './json-fields.ts'
import type { FieldPath, JsonObject, JsonValue } from './manifest.ts'
import { dnsLabel, dnsSubdomain, portName, portNumberProblem } from './name-rules.ts'
import { broken, validateLabels } from './validate-metadata.ts'

const types = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']
const protocols = ['SCTP', 'TCP', 'UDP']

/** Problems of a Service's spec. */
export function validateService(body: JsonObject): readonly FieldProblem[] {
  const spec = objectAt(body, 'spec')
  const type = textAt(spec, 'type') ?? 'ClusterIP'
  return [
    ...(types.includes(type) ? [] : [unsupported(['spec', 'type'], type, types)]),
    ...validatePorts(spec, type),
    ...validateLabels(objectAt(spec, 'selector'), ['spec', 'selector']),
    ...validateAddresses(spec, type),
    ...choice(spec, 'sessionAffinity', ['ClientIP', 'None']),
    ...choice(spec, 'internalTrafficPolicy', ['Cluster', 'Local']),
    ...validateExternalPolicy(spec, type),
    ...(type === 'ExternalName' ? validateExternalName(spec) : []),
  ]
}

function validatePorts(spec: JsonObject, type: string): FieldProblem[] {
  const ports = listAt(spec, 'ports')
  const headless = textAt(spec, 'clusterIP') === 'None' || textAt(spec, 'clusterIPs', 0) === 'None'
  if (ports.length === 0 && !headless && type !== 'ExternalName') return [required(['spec', 'ports'])]
  const [names, numbers] = [new Set<string>(), new Set<string>()]
  return ports.flatMap((port, index) => {
    const path = ['spec', 'ports', index]
    const name = textAt(port, 'name') ?? ''
    const key = `${textAt(port, 'protocol') ?? 'TCP'}/${numberAt(port, 'port') ?? 0}`
    const sameName = name !== '' && names.has(name) ? [duplicate([...path, 'name'], name)] : []
    const sameNumber = numbers.has(key) ? [duplicate(path, printPort(port))] : []
    names.add(name)
    numbers.add(key)
    return [...validatePort(port, path, type, ports.length > 1), ...sameName, ...sameNumber]
  })
}

function validatePort(port: JsonValue, path: FieldPath, type: string, nameNeeded: boolean): FieldProblem[] {
  const name = textAt(port, 'name') ?? ''
  const protocol = textAt(port, 'protocol') ?? 'TCP'
  const nodePort = numberAt(port, 'nodePort') ?? 0
  return [
    ...(name === ''
      ? nameNeeded
        ? [required([...path, 'name'])]
        : []
      : broken([...path, 'name'], name, dnsLabel)),
    ...portProblems([...path, 'port'], valueAt(port, 'port') ?? 0),
    ...(protocols.includes(protocol) ? [] : [unsupported([...path, 'protocol'], protocol, protocols)]),
    ...targetPortProblems([...path, 'targetPort'], valueAt(port, 'targetPort')),
    ...(nodePort !== 0 && type === 'ClusterIP'
      ? [
          forbidden(
            [...path, 'nodePort'],
            "may not be used when `type` is 'ClusterIP'",
            'Set type: NodePort, or leave nodePort out.',
          ),
        ]
      : []),
  ]
}

function targetPortProblems(path: FieldPath, value: JsonValue | undefined): readonly FieldProblem[] {
  if (typeof value === 'string') return broken(path, value, portName)
  return typeof value === 'number' && value !== 0 ? portProblems(path, value) : []
}

/** A port number out of range. Values of a wrong type are strict decoding's matter. */
export function portProblems(path: FieldPath, value: JsonValue): readonly FieldProblem[] {
  if (typeof value !== 'number') return []
  const text = portNumberProblem(value)
  return text === undefined ? [] : [invalid(path, value, text)]
}

function validateAddresses(spec: JsonObject, type: string): FieldProblem[] {
  const listed = listAt(spec, 'clusterIPs')
  const single = textAt(spec, 'clusterIP')
  const [from, path]: [JsonValue | undefined, FieldPath] =
    listed.length > 0 ? [listed[0], ['spec', 'clusterIPs', 0]] : [single, ['spec', 'clusterIP']]
  if (typeof from !== 'string' || from === '') return []
  if (from === 'None')
    return type === 'NodePort' || type === 'LoadBalancer'
      ? [
          {
            ...invalid(['spec', 'clusterIPs', 0], 'None', `may not be set to 'None' for ${type} services`),
            path,
          },
        ]
      : []
  if (parseIp(from) !== undefined) return []
  const text = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'
  return [{ ...invalid(['spec', 'clusterIPs', 0], from, text), path }]
}

function validateExternalPolicy(spec: JsonObject, type: string): FieldProblem[] {
  const policy = textAt(spec, 'externalTrafficPolicy')
  if (policy === undefined || policy === '') return []
  const external = type === 'NodePort' || type === 'LoadBalancer' || listAt(spec, 'externalIPs').length > 0
  if (!external)
    return [
      invalid(
        ['spec', 'externalTrafficPolicy'],
        policy,
        'may only be set for externally-accessible services',
      ),
    ]
  return choice(spec, 'externalTrafficPolicy', ['Cluster', 'Local'])
}

function validateExternalName(spec: JsonObject): readonly FieldProblem[] {
  const name = textAt(spec, 'externalName') ?? ''
  const path = ['spec', 'externalName']
  return name === '' ? [required(path)] : broken(path, name.replace(/\.$/, ''), dnsSubdomain)
}

function choice(spec: JsonObject, field: string, known: readonly string[]): FieldProblem[] {
  const value = textAt(spec, field)
  return value === undefined || value === '' || known.includes(value)
    ? []
    : [unsupported(['spec', field], value, known)]
}

/** Stands for Go's `core.ServicePort{…}`, of which people read protocol and number. */
function printPort(port: JsonValue): string {
  return `${textAt(port, 'protocol') ?? 'TCP'} ${numberAt(port, 'port') ?? 0}`
}
