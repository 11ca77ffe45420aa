/**
 * What the API server does with a Service between validation and storage (pkg/registry/core/service/storage, 1.32): keeps or
 * allocates its addresses and node ports, and refuses what cannot be had.
 */
import type { Cidr } from '../network/address.ts'
import { openStream } from '../draw.ts'
import { invalid, printGo, printPath, unsupported } from '../manifest/field-problem.ts'
import type { FieldProblem } from '../manifest/field-problem.ts'
import { listAt, numberAt, objectAt, textAt, textsAt, valueAt } from '../manifest/json-fields.ts'
import type { FieldPath, JsonObject, JsonValue } from '../manifest/manifest.ts'
import type { ClusterConfig } from './cluster.ts'
import { trafficDistributions } from './endpoint-hints.ts'
import { minorRelease } from './minor-release.ts'
import type { ApiObject } from './objects.ts'
import type { ObjectRef } from './object-ref.ts'
import { readService } from './read-service.ts'
import { familyOf, serviceFamilies } from './service-families.ts'
import { addressProblem, drawAddress, drawNodePort, release } from './service-allocation.ts'
import type { Allocations } from './service-allocation.ts'

export interface Admission {
  readonly body: JsonObject
  readonly problems: readonly FieldProblem[]
}

export interface ServiceRequest {
  readonly ref: ObjectRef
  /** With defaults. */
  readonly body: JsonObject
  readonly existing?: ApiObject
  readonly config: ClusterConfig
  readonly seed: number
}

/**
 * Admits one Service, and books what it gets in `allocations`. With problems the booking is to be thrown away, and the body is as
 * asked.
 */
export function admitService(request: ServiceRequest, allocations: Allocations): Admission {
  const { ref, config } = request
  const holder = `${ref.namespace}/${ref.name}`
  const spec = objectAt(request.body, 'spec')
  const problems = [...addressChange(spec, request.existing), ...distributionProblems(spec, config)]
  if (problems.length > 0) return { body: request.body, problems }
  if (request.existing !== undefined) release(allocations, readService(request.existing))
  const addressed = withAddresses(spec, request, allocations, holder)
  const ported = withNodePorts(addressed.spec, request, allocations, holder)
  const found = [...addressed.problems, ...ported.problems]
  return found.length > 0
    ? { body: request.body, problems: found }
    : { body: { ...request.body, spec: ported.spec }, problems: [] }
}

interface Step {
  readonly spec: JsonObject
  readonly problems: readonly FieldProblem[]
}

function addressChange(spec: JsonObject, existing: ApiObject | undefined): FieldProblem[] {
  const before = textAt(existing?.body, 'spec', 'clusterIP') ?? ''
  const asked = textAt(spec, 'clusterIP') ?? ''
  const isExternal =
    textAt(spec, 'type') === 'ExternalName' || textAt(existing?.body, 'spec', 'type') === 'ExternalName'
  if (existing === undefined || isExternal || before === '' || asked === '' || asked === before) return []
  const refused = invalid(
    ['spec', 'clusterIPs', 0],
    [asked],
    'may not change once set',
    'Delete the Service and create it anew.',
  )
  return [{ ...refused, code: 'immutable-field', path: ['spec', 'clusterIP'] }]
}

/** Which ways of spreading traffic the release knows; before 1.31 the field is dropped unread (a feature gate, off by default). */
function distributionProblems(spec: JsonObject, { kubernetesVersion }: ClusterConfig): FieldProblem[] {
  const asked = textAt(spec, 'trafficDistribution')
  const release = minorRelease(kubernetesVersion)
  const known = trafficDistributions.filter(({ since }) => since <= release).map(({ value }) => value)
  if (asked === undefined || known.length === 0 || known.includes(asked)) return []
  return [unsupported(['spec', 'trafficDistribution'], asked, known)]
}

/** Families, and an address of each: those that are asked for, those it has already, others by lot. */
function withAddresses(
  spec: JsonObject,
  request: ServiceRequest,
  allocations: Allocations,
  holder: string,
): Step {
  if (textAt(spec, 'type') === 'ExternalName') return { spec, problems: [] }
  const before = textsAt(request.existing?.body, 'spec', 'clusterIPs')
  const kept = before.length > 0 ? before : [textAt(request.existing?.body, 'spec', 'clusterIP') ?? '']
  const listed = textsAt(spec, 'clusterIPs')
  const asked = (listed.length > 0 ? listed : [textAt(spec, 'clusterIP') ?? '']).filter((each) => each !== '')
  const wanted = asked.length > 0 ? asked : kept.filter((each) => each !== '')
  const subnets = request.config.serviceSubnets
  const families = serviceFamilies(spec, wanted, request.existing, subnets)
  if (!families.ok) return { spec, problems: families.problems }
  const { ipFamilies, ipFamilyPolicy } = families
  const fields = { ipFamilies: [...ipFamilies], ipFamilyPolicy }
  if (wanted[0] === 'None')
    return { spec: { ...spec, clusterIP: 'None', clusterIPs: ['None'], ...fields }, problems: [] }
  const clusterIPs: string[] = []
  for (const [index, family] of ipFamilies.entries()) {
    const range = subnets.find((each) => familyOf(each) === family)
    const address =
      range && addressIn(range, { text: wanted[index], kept, index }, request, allocations, holder)
    if (address === undefined || typeof address !== 'string')
      return { spec, problems: address === undefined ? [] : [address] }
    allocations.addresses.set(address, holder)
    clusterIPs.push(address)
  }
  return { spec: { ...spec, clusterIP: clusterIPs[0] ?? '', clusterIPs, ...fields }, problems: [] }
}

/** The address asked for, if it can be had; else one by lot. What the Service has already stays its own whatever the range. */
function addressIn(
  range: Cidr,
  {
    text,
    kept,
    index,
  }: { readonly text: string | undefined; readonly kept: readonly string[]; readonly index: number },
  { seed }: ServiceRequest,
  allocations: Allocations,
  holder: string,
): string | FieldProblem {
  if (text === undefined) {
    const stream = index === 0 ? `cluster-ip/${holder}` : `cluster-ip/${holder}/${index}`
    const drawn = drawAddress(range, allocations.addresses, openStream(seed, stream))
    return drawn ?? invalid(['spec', 'clusterIPs'], [], 'failed to allocate a serviceIP: range is full')
  }
  const problem = addressProblem(text, range, allocations, holder)
  return problem === undefined || kept.includes(text) ? text : unavailable(text, problem)
}

function unavailable(address: string, problem: NonNullable<ReturnType<typeof addressProblem>>): FieldProblem {
  const base = invalid(
    ['spec', 'clusterIPs'],
    [address],
    problem.text,
    'Leave the address out, and one is allocated.',
  )
  return { ...base, code: problem.code, path: ['spec', 'clusterIP'], values: { ...base.values, address } }
}

function withNodePorts(
  spec: JsonObject,
  request: ServiceRequest,
  allocations: Allocations,
  holder: string,
): Step {
  const type = textAt(spec, 'type') ?? 'ClusterIP'
  const isLoadBalancer = type === 'LoadBalancer' && valueAt(spec, 'allocateLoadBalancerNodePorts') !== false
  const problems: FieldProblem[] = []
  if (type !== 'NodePort' && type !== 'LoadBalancer') return { spec, problems: [] }
  const ports = listAt(spec, 'ports').map((port, index) => {
    const asked = numberAt(port, 'nodePort') ?? 0
    if (asked === 0 && type === 'LoadBalancer' && !isLoadBalancer) return port
    const nodePort = asked === 0 ? freeNodePort(port, request, allocations, holder) : asked
    const problem =
      asked === 0
        ? undefined
        : nodePortProblem(port, ['spec', 'ports', index, 'nodePort'], request, allocations, holder)
    if (problem !== undefined) problems.push(problem)
    if (nodePort !== undefined) allocations.nodePorts.set(`${protocolOf(port)}/${nodePort}`, holder)
    return nodePort === undefined ? port : { ...objectAt(port), nodePort }
  })
  const ported = { ...spec, ports }
  return problems.length > 0
    ? { spec: ported, problems }
    : withHealthCheckPort(ported, request, allocations, holder)
}

function protocolOf(port: JsonValue): string {
  return textAt(port, 'protocol') ?? 'TCP'
}

/** Ports of one Service and another protocol may share a number, so the first of them that has one gives it to its sibling. */
function freeNodePort(
  port: JsonValue,
  request: ServiceRequest,
  allocations: Allocations,
  holder: string,
): number | undefined {
  const number = numberAt(port, 'port') ?? 0
  const before = listAt(request.existing?.body, 'spec', 'ports').find(
    (old) => numberAt(old, 'port') === number && protocolOf(old) === protocolOf(port),
  )
  const kept = numberAt(before, 'nodePort') ?? 0
  if (kept !== 0 && !allocations.nodePorts.has(`${protocolOf(port)}/${kept}`)) return kept
  const draw = openStream(request.seed, `node-port/${holder}/${protocolOf(port)}/${number}`)
  const isTaken = (candidate: number) =>
    ['TCP', 'UDP', 'SCTP'].some((protocol) => allocations.nodePorts.has(`${protocol}/${candidate}`))
  return drawNodePort(request.config.nodePortRange, isTaken, draw)
}

function nodePortProblem(
  port: JsonValue,
  path: FieldPath,
  request: ServiceRequest,
  allocations: Allocations,
  holder: string,
): FieldProblem | undefined {
  const nodePort = numberAt(port, 'nodePort') ?? 0
  const refusal = portRefusal(nodePort, [protocolOf(port)], request, allocations, holder)
  if (refusal === undefined) return undefined
  const { from, to } = request.config.nodePortRange
  const detail = `Invalid value: ${printGo(nodePort)}: ${refusal.text}`
  const field = printPath(path)
  return {
    severity: 'error',
    code: refusal.taken === undefined ? 'node-port-outside-range' : 'node-port-taken',
    path,
    values: { field, detail, port: nodePort, range: `${from}-${to}` },
    message: `${field}: ${detail}`,
    hint:
      refusal.taken === undefined
        ? 'Take one of the range, or leave nodePort out.'
        : `Service ${refusal.taken} has it. Take another, or leave nodePort out.`,
  }
}

/** Why a node port cannot be had, in the allocator's words, and who has it, if that is why; undefined where it can. */
function portRefusal(
  port: number,
  protocols: readonly string[],
  request: ServiceRequest,
  allocations: Allocations,
  holder: string,
): { readonly text: string; readonly taken?: string } | undefined {
  const { from, to } = request.config.nodePortRange
  if (port < from || port > to)
    return {
      text: `provided port is not in the valid range. The range of valid ports is ${from}-${to}`,
    }
  const holders = protocols.flatMap((protocol) => allocations.nodePorts.get(`${protocol}/${port}`) ?? [])
  const taken = holders.find((each) => each !== holder)
  return taken === undefined ? undefined : { text: 'provided port is already allocated', taken }
}

/**
 * A balancer asks the nodes themselves which of them have endpoints, where traffic stays on its node. A port that cannot be had is no
 * field's fault to the server, but an internal error (alloc.go, allocHealthCheckNodePort).
 */
function withHealthCheckPort(
  spec: JsonObject,
  request: ServiceRequest,
  allocations: Allocations,
  holder: string,
): Step {
  const isNeeded =
    textAt(spec, 'type') === 'LoadBalancer' && textAt(spec, 'externalTrafficPolicy') === 'Local'
  if (!isNeeded) return { spec, problems: [] }
  const kept = numberAt(request.existing?.body, 'spec', 'healthCheckNodePort') ?? 0
  const given = numberAt(spec, 'healthCheckNodePort') ?? kept
  const draw = openStream(request.seed, `node-port/${holder}/health-check`)
  const isTaken = (candidate: number) => allocations.nodePorts.has(`TCP/${candidate}`)
  const port = given !== 0 ? given : drawNodePort(request.config.nodePortRange, isTaken, draw)
  if (port === undefined) return { spec, problems: [] }
  const isOwnNodePort = listAt(spec, 'ports').some((each) => numberAt(each, 'nodePort') === given)
  const refusal = isOwnNodePort
    ? { text: 'provided port is already allocated' }
    : portRefusal(given, ['TCP', 'UDP', 'SCTP'], request, allocations, holder)
  if (given !== 0 && given !== kept && refusal !== undefined)
    return { spec, problems: [healthCheckProblem(given, refusal.text)] }
  allocations.nodePorts.set(`TCP/${port}`, holder)
  return { spec: { ...spec, healthCheckNodePort: port }, problems: [] }
}

function healthCheckProblem(port: number, detail: string): FieldProblem {
  return {
    severity: 'error',
    code: 'health-check-port-refused',
    path: ['spec', 'healthCheckNodePort'],
    values: { port, detail },
    message: `Internal error occurred: failed to allocate requested HealthCheck NodePort ${port}: ${detail}`,
    hint: 'Take another, or leave healthCheckNodePort out.',
  }
}
