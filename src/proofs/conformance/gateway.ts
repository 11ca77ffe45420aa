/**
 * Feeds the golden cases for the Gateway API to a cluster and its gateway: `objects` are judged by the status in the API server's store,
 * `requests` by what the Gateway's proxy decides and what the Pod behind it would answer. An unknown key is a failure.
 */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Cluster } from '../../sim/cluster/cluster.ts'
import { objectKey } from '../../sim/cluster/object-ref.ts'
import { parseDuration } from '../../sim/cluster/parse-duration.ts'
import { openStream } from '../../sim/draw.ts'
import type { Draw } from '../../sim/draw.ts'
import { buildDataPlane } from '../../sim/gateway/build-data-plane.ts'
import type { DataPlane } from '../../sim/gateway/data-plane.ts'
import type { GatewayOutcome, GatewayRequest, Headers } from '../../sim/gateway/gateway-decision.ts'
import { routeGatewayRequest } from '../../sim/gateway/route-gateway-request.ts'
import { listAt, numberAt, objectAt, textAt, valueAt } from '../../sim/manifest/json-fields.ts'
import type { JsonValue } from '../../sim/manifest/manifest.ts'
import { ip } from '../../sim/network/address.ts'
import { goldenCluster, withManifests, withoutObject } from './gateway-cluster.ts'
import type {
  GoldenBackend,
  GoldenConditions,
  GoldenGatewayFile,
  GoldenGatewayObject,
  GoldenGatewayRequest,
  GoldenStep,
} from './gateway-golden.ts'

/** A row that came out differently. */
export interface GatewayFailure {
  readonly name: string
  readonly expected: string
  readonly got: string
}

/** Runs every `requests` and `objects` row of the folder's files, those behind a `then` included. */
export async function runGatewayCases(
  folder: string,
): Promise<{ passed: number; failures: readonly GatewayFailure[] }> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).toSorted()
  const results: (GatewayFailure | undefined)[] = []
  for (const name of names) {
    const file = parse(await readFile(join(folder, name), 'utf8')) as GoldenGatewayFile
    results.push(...unknownKeys(name, file, fileKeys))
    let cluster = goldenCluster(file.manifests)
    results.push(...runRows(file, cluster))
    for (const step of file.then ?? []) {
      results.push(...unknownKeys(name, step, stepKeys))
      for (const ref of step.delete ?? []) cluster = withoutObject(cluster, ref)
      cluster = withManifests(cluster, step.apply ?? '')
      results.push(...runRows(step, cluster))
    }
  }
  const failures = results.filter((result) => result !== undefined)
  return { passed: results.length - failures.length, failures }
}

function runRows(
  rows: Pick<GoldenStep, 'requests' | 'objects'>,
  cluster: Cluster,
): readonly (GatewayFailure | undefined)[] {
  return [
    ...(rows.requests ?? []).map((row) => firstOf(row.id, judgeRequest(cluster, row))),
    ...(rows.objects ?? []).map((row) => firstOf(row.id, judgeObject(cluster, row))),
  ]
}

type Difference = Pick<GatewayFailure, 'expected' | 'got'>

function firstOf(name: string, [first]: readonly Difference[]): GatewayFailure | undefined {
  return first && { name, ...first }
}

const fileKeys = 'suite title target source notes features manifests requests objects then'
const stepKeys = 'delete apply requests objects'
const requestKeys = 'id source gateway scheme port host path method headers sni protocol repeat expect'
const expectKeys = 'status backend redirect upstream mirroredTo shares'
const objectKeys = 'id source object parent expect'

function unknownKeys(name: string, value: object, known: string): readonly GatewayFailure[] {
  return unknown(value, known).map(({ expected, got }) => ({ name, expected, got }))
}

function unknown(value: object, known: string): readonly Difference[] {
  const strange = Object.keys(value).filter((key) => !known.split(' ').includes(key))
  return strange.length === 0 ? [] : [{ expected: `keys ${known}`, got: strange.join(', ') }]
}

function compare(key: string, expected: unknown, got: unknown): readonly Difference[] {
  return expected === undefined || JSON.stringify(expected) === JSON.stringify(got)
    ? []
    : [{ expected: `${key} ${JSON.stringify(expected)}`, got: JSON.stringify(got) ?? 'nothing' }]
}

/** What the client and the Pods saw of one request. */
interface Seen {
  readonly status: number
  readonly headers: Headers
  readonly backend: GoldenBackend | null
  readonly request?: GatewayRequest
  readonly mirroredTo: readonly GoldenBackend[]
}

const client = ip('192.168.61.1')

function judgeRequest(cluster: Cluster, row: GoldenGatewayRequest): readonly Difference[] {
  const ref = { kind: 'Gateway', ...row.gateway }
  const gateway = cluster.gateways.find((each) => objectKey(each.ref) === objectKey(ref))
  const address = listAt(cluster.objects[objectKey(ref)]?.body, 'status', 'addresses').map((each) =>
    textAt(each, 'value'),
  )[0]
  if (gateway === undefined || address === undefined)
    return [{ expected: `an address of ${objectKey(ref)}`, got: 'none' }]
  const plane = buildDataPlane(gateway, cluster)
  const draw = openStream(1, row.id)
  const seen = Array.from({ length: row.repeat ?? 1 }, () => send(cluster, plane, row, address, draw))
  return [
    ...unknown(row, requestKeys),
    ...unknown(row.expect, expectKeys),
    ...seen.flatMap((each) => judge(row, each, address)),
    ...judgeShares(row, seen),
  ]
}

function send(
  cluster: Cluster,
  plane: DataPlane,
  row: GoldenGatewayRequest,
  address: string,
  draw: Draw,
): Seen {
  const host = row.host || address
  const name = row.sni === undefined ? row.host.replace(/:.*$/, '') : (row.sni ?? '')
  const { outcome } = routeGatewayRequest(
    plane,
    {
      scheme: row.scheme,
      port: row.port ?? (row.scheme === 'https' ? 443 : 80),
      host,
      target: row.path,
      method: row.method ?? 'GET',
      headers: Object.entries(row.headers ?? {}),
      ...(name === '' ? {} : { sni: name }),
      clientAddress: client,
      atMs: cluster.nowMs,
    },
    draw,
  )
  return answerOf(cluster, outcome)
}

/** The Pod waits as long as the parameter `delay` says, and answers 200 where it listens. */
function answerOf(cluster: Cluster, outcome: GatewayOutcome): Seen {
  const nobody = { headers: [], backend: null, mirroredTo: [] }
  switch (outcome.kind) {
    case 'respond':
      return { ...nobody, status: outcome.answer.status, headers: outcome.answer.headers }
    case 'no-certificate':
    case 'not-modelled':
      return { ...nobody, status: 0 }
    case 'proxy': {
      const { endpoint, service, port, request, timeoutMs, mirrors } = outcome
      const delayMs = (parseDuration(/[?&]delay=([^&]*)/.exec(request.target)?.[1] ?? '') ?? 0) * 1000
      if (timeoutMs !== undefined && delayMs > timeoutMs) return { ...nobody, status: 504 }
      const pod = cluster.pods.find(({ ips }) => ips.includes(endpoint.address))
      const listens = pod?.listens.some((each) => each.port === endpoint.port) === true
      if (!listens) return { ...nobody, status: 503 }
      return {
        status: 200,
        headers: [],
        backend: { namespace: service.namespace, service: service.name, port },
        request,
        mirroredTo: mirrors.map((each) => ({
          namespace: each.service.namespace,
          service: each.service.name,
          port: each.port,
        })),
      }
    }
  }
}

function judge(row: GoldenGatewayRequest, seen: Seen, address: string): readonly Difference[] {
  const { status, backend, redirect, upstream, mirroredTo } = row.expect
  return [
    ...compare('status', status, seen.status),
    ...compare('backend', backend, seen.backend),
    ...compare('mirrored to', mirroredTo, seen.mirroredTo),
    ...(redirect === undefined ? [] : judgeRedirect(row, redirect, seen, address)),
    ...(upstream === undefined ? [] : judgeUpstream(upstream, seen)),
  ]
}

function judgeRedirect(
  row: GoldenGatewayRequest,
  expect: NonNullable<GoldenGatewayRequest['expect']['redirect']>,
  { headers }: Seen,
  address: string,
): readonly Difference[] {
  const location = headers.find(([name]) => name === 'Location')?.[1] ?? ''
  const [, scheme, host, port, path] = /^(\w+):\/\/([^:/]+)(?::(\d+))?([^?]*)/.exec(location) ?? []
  const wanted = expect.host === '$gateway' ? row.host || address : expect.host
  const own = scheme === 'https' ? 443 : 80
  return [
    ...unknown(expect, 'scheme host port path'),
    ...compare('scheme', expect.scheme, scheme),
    ...compare('host', wanted, host),
    // Without a port in the row: none, or the well-known one of the scheme.
    ...compare('port', expect.port ?? own, port === undefined ? own : Number(port)),
    ...compare('path', expect.path, path),
  ]
}

function judgeUpstream(
  expect: NonNullable<GoldenGatewayRequest['expect']['upstream']>,
  { request }: Seen,
): readonly Difference[] {
  const header = (name: string) =>
    request?.headers
      .filter(([each]) => each.toLowerCase() === name.toLowerCase())
      .map(([, value]) => value)
      .join(',')
  return [
    ...unknown(expect, 'path host headers absentHeaders'),
    ...compare('path to the Pod', expect.path, request?.target),
    ...compare('Host to the Pod', expect.host, header('Host')),
    ...Object.entries(expect.headers ?? {}).flatMap(([name, value]) =>
      compare(`${name} to the Pod`, value, header(name)),
    ),
    ...(expect.absentHeaders ?? []).flatMap((name) => compare(`${name} to the Pod`, '', header(name))),
  ]
}

function judgeShares(row: GoldenGatewayRequest, seen: readonly Seen[]): readonly Difference[] {
  return (row.expect.shares ?? []).flatMap(({ service, share, tolerance }) => {
    const got = seen.filter(({ backend }) => backend?.service === service).length / seen.length
    return Math.abs(got - share) <= tolerance
      ? []
      : [{ expected: `${service} ${share} ± ${tolerance}`, got: String(got) }]
  })
}

function judgeObject(cluster: Cluster, row: GoldenGatewayObject): readonly Difference[] {
  const status = valueAt(cluster.objects[objectKey(row.object)]?.body, 'status')
  const { conditions, listeners } = row.expect
  const judged =
    row.parent === undefined
      ? status
      : listAt(status, 'parents').find((each) =>
          isParent(objectAt(each, 'parentRef'), row.parent ?? {}, row.object.namespace),
        )
  return [
    ...unknown(row, objectKeys),
    ...unknown(row.expect, 'conditions listeners'),
    ...(conditions === undefined ? [] : judgeConditions('', conditions, judged)),
    ...(listeners === undefined ? [] : judgeListeners(listeners, status)),
  ]
}

/** A parentRef without a namespace means the Route's own. */
function isParent(
  ref: JsonValue,
  wanted: Readonly<Record<string, string | number>>,
  namespace: string,
): boolean {
  return (
    (textAt(ref, 'namespace') ?? namespace) === (wanted['namespace'] ?? namespace) &&
    ['name', 'sectionName', 'port'].every((key) => valueAt(ref, key) === wanted[key])
  )
}

function judgeConditions(
  of: string,
  expect: GoldenConditions,
  judged: JsonValue | undefined,
): readonly Difference[] {
  return Object.entries(expect).flatMap(([type, wanted]) => {
    const found = listAt(judged, 'conditions').find((each) => textAt(each, 'type') === type)
    return [
      ...unknown(wanted, 'status reason'),
      ...compare(`${of}${type}`, wanted.status, textAt(found, 'status')),
      ...compare(`${of}${type} for`, wanted.reason, textAt(found, 'reason')),
    ]
  })
}

function judgeListeners(
  expect: NonNullable<GoldenGatewayObject['expect']['listeners']>,
  status: JsonValue | undefined,
): readonly Difference[] {
  const found = listAt(status, 'listeners')
  const names = (list: readonly (string | undefined)[]) => list.map((each) => each ?? '').toSorted()
  return [
    ...compare('listeners', names(Object.keys(expect)), names(found.map((each) => textAt(each, 'name')))),
    ...Object.entries(expect).flatMap(([name, wanted]) => {
      const listener = found.find((each) => textAt(each, 'name') === name)
      const kinds = listAt(listener, 'supportedKinds').map((each) => textAt(each, 'kind'))
      return [
        ...unknown(wanted, 'supportedKinds attachedRoutes conditions'),
        ...compare(`${name} kinds`, wanted.supportedKinds?.toSorted(), names(kinds)),
        ...compare(`${name} routes`, wanted.attachedRoutes, numberAt(listener, 'attachedRoutes')),
        ...judgeConditions(`${name} `, wanted.conditions ?? {}, listener),
      ]
    }),
  ]
}
