/**
 * Feeds the golden rows for Ingress to the controller's model. Each `requests` row starts afresh from its file's manifests; what a
 * Pod would answer is added here, as nothing but nginx stands in that model.
 */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Draw } from '../../sim/draw.ts'
import { openStream } from '../../sim/draw.ts'
import type { ControllerConfig } from '../../sim/ingress/controller-config.ts'
import { buildControllerConfig } from '../../sim/ingress/controller-config.ts'
import { readControllerSettings } from '../../sim/ingress/controller-settings.ts'
import type { OwnResponse } from '../../sim/ingress/error-page.ts'
import { ownResponse } from '../../sim/ingress/error-page.ts'
import { hostMatches } from '../../sim/ingress/host-matches.ts'
import { httpDate } from '../../sim/ingress/http-date.ts'
import type { ProxiedRequest } from '../../sim/ingress/proxied-request.ts'
import type { RouteDecision } from '../../sim/ingress/route-decision.ts'
import { routeRequest } from '../../sim/ingress/route-request.ts'
import { ip, parseIp } from '../../sim/network/address.ts'
import { runAdmission } from './ingress-admission.ts'
import type { GoldenController, GoldenExpectation, GoldenFile, GoldenRequest } from './ingress-golden.ts'
import type { GoldenCluster } from './ingress-manifests.ts'
import { fakeCertificate } from '../../sim/tls/fake-certificate.ts'
import { readTlsSecret } from '../../sim/tls/tls-secret.ts'
import { readGoldenCluster } from './ingress-manifests.ts'
import { runStatus } from './ingress-status.ts'

/** A row that came out differently. */
export interface IngressFailure {
  readonly name: string
  readonly expected: string
  readonly got: string
}

/** Runs every row of the folder's `spec` and `ingress-nginx` files. */
export async function runIngressCases(
  folder: string,
): Promise<{ passed: number; failures: readonly IngressFailure[] }> {
  const files = await Promise.all(['spec', 'ingress-nginx'].map((part) => readFolder(join(folder, part))))
  const results = files.flat().flatMap((file) => {
    const jars: Jars = new Map()
    const settings = (row: { readonly controller?: GoldenController }) =>
      merged(file.controller, row.controller)
    return [
      ...Object.entries(file.certificates ?? {}).map((entry) => checkCertificate(file, entry)),
      ...(file.requests ?? []).map((row) => runRow(file, row, jars)),
      ...(file.admission ?? []).map((row) => runAdmission(file, row, settings(row))),
      ...(file.objects ?? []).map((row) => runStatus(file, row, settings(row))),
    ]
  })
  const failures = results.filter((result) => result !== undefined)
  return { passed: results.length - failures.length, failures }
}

/** The names that a file says a Secret's certificate holds for, against what our parser reads in it; none: no usable pair. */
function checkCertificate(
  file: GoldenFile,
  [name, expected]: readonly [string, readonly string[]],
): IngressFailure | undefined {
  const secret = readGoldenCluster(file.manifests ?? '').secrets.find(
    ({ ref }) => `${ref.namespace}/${ref.name}` === name,
  )
  const read = secret === undefined ? undefined : readTlsSecret(secret.data)
  const own = read?.kind === 'pair' ? read.chain[0].certificate.dnsNames : []
  const got = name === 'fake' ? fakeCertificate(1, atMs, 'fake').certificate.dnsNames : own
  if (got.join() === expected.join()) return undefined
  return { name: `${file.suite}: certificate ${name}`, expected: expected.join(), got: got.join() }
}

async function readFolder(folder: string): Promise<readonly GoldenFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).toSorted()
  return Promise.all(
    names.map(async (name) => parse(await readFile(join(folder, name), 'utf8')) as GoldenFile),
  )
}

/** What the client and the Pod saw of one request. */
interface Seen {
  readonly decision: RouteDecision
  readonly response: OwnResponse
  readonly backend: GoldenExpectation['backend']
  readonly pod?: string
  readonly addressKind?: 'podIP' | 'clusterIP'
  readonly request?: ProxiedRequest
}

const controllerAddress = '192.168.61.11'
const client = ip('192.168.61.1')
const atMs = Date.UTC(2026, 10, 25)

/** By session: the cookies so far, and the Pod that answered its first row. */
type Jars = Map<string, { readonly cookies: Map<string, string>; firstPod: string | undefined }>

function runRow(file: GoldenFile, row: GoldenRequest, jars: Jars): IngressFailure | undefined {
  const whole = readGoldenCluster(file.manifests ?? '')
  const cluster = isOwnCluster(row) ? clusterOfTest(whole, row) : whole
  const { flags, config: configMap } = merged(file.controller, row.controller)
  const config = buildControllerConfig({
    ...cluster.objects,
    controller: readControllerSettings(flags, configMap),
  })
  const draw = openStream(1, row.id)
  const jar =
    row.session === undefined
      ? undefined
      : (jars.get(row.session) ?? { cookies: new Map(), firstPod: undefined })
  if (row.session !== undefined && jar !== undefined) jars.set(row.session, jar)
  const seen = Array.from({ length: row.repeat ?? 1 }, (_, turn) => {
    const each = sendRow(config, cluster, row, { turn, draw, cookies: jar?.cookies ?? new Map() })
    if (jar !== undefined) jar.firstPod ??= each.pod
    return each
  })
  const { upstream, ...rest } = row.expect
  const expect = row.ingressNginx
    ? { ...rest, ...row.ingressNginx }
    : { ...rest, ...(upstream && { upstream }) }
  const differences = [
    ...seen.flatMap((each) => judge(expect, each)),
    ...judgeTogether(expect, seen, jar?.firstPod),
  ]
  const first = differences[0]
  return first && { name: row.id, expected: first.expected, got: first.got }
}

function merged(
  file: GoldenController = {},
  row: GoldenController = {},
): Required<Pick<GoldenController, 'flags' | 'config'>> {
  return { flags: { ...file.flags, ...row.flags }, config: { ...file.config, ...row.config } }
}

function sendRow(
  config: ControllerConfig,
  cluster: GoldenCluster,
  row: GoldenRequest,
  { turn, draw, cookies }: { turn: number; draw: Draw; cookies: Map<string, string> },
): Seen {
  const host = row.host || controllerAddress
  const sni = row.sni === undefined ? row.host.replace(/:.*$/, '') : (row.sni ?? '')
  const [, , source = '', , , port = ''] = row.proxyProtocol?.split(' ') ?? []
  const sourceAddress = parseIp(source)
  const decision = routeRequest(
    config,
    {
      scheme: row.scheme,
      host,
      target: row.path,
      method: row.method ?? 'GET',
      headers: [
        ...Object.entries(row.headers ?? {}),
        ...(cookies.size === 0
          ? []
          : [['Cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')] as const]),
      ],
      ...(sni !== '' && { sni }),
      clientAddress: client,
      ...(sourceAddress !== undefined && { proxyProtocol: { source: sourceAddress, port: Number(port) } }),
      atMs,
      turn,
    },
    draw,
  )
  const seen = answerOf(decision, config, cluster)
  for (const [name, value] of seen.response.headers) {
    const [, key, text] = /^([^=]*)=([^;]*)/.exec(value) ?? []
    if (name === 'Set-Cookie' && key !== undefined && text !== undefined) cookies.set(key, text)
  }
  return seen
}

/**
 * Whether the row carries over a test of the controller's e2e suite. Each of those runs in a namespace with a controller of its own;
 * the files put many into one cluster, under hosts of their own, but let them share Services. With those they would share upstreams,
 * and the first canary or service-upstream and the last affinity of an upstream would count for all rows (createUpstreams,
 * getBackendServers of ingress-nginx's controller.go).
 */
function isOwnCluster({ source = '' }: GoldenRequest): boolean {
  return source.startsWith('test/e2e/')
}

/** The cluster of one such test: without the Ingresses that have rules for other hosts alone. */
function clusterOfTest(cluster: GoldenCluster, row: GoldenRequest): GoldenCluster {
  const host = row.host.replace(/:.*$/, '')
  const bare = host.replace(/^www\./, '')
  const ingresses = cluster.objects.ingresses.filter(
    ({ rules, annotations }) =>
      rules.length === 0 ||
      rules.some((rule) => hostMatches(rule.host, host) || hostMatches(rule.host, bare)) ||
      (annotations['nginx.ingress.kubernetes.io/server-alias'] ?? '').split(',').includes(host),
  )
  return { ...cluster, objects: { ...cluster.objects, ingresses } }
}

function answerOf(decision: RouteDecision, config: ControllerConfig, cluster: GoldenCluster): Seen {
  const { outcome } = decision
  const date = httpDate(atMs)
  switch (outcome.kind) {
    case 'respond':
      return { decision, response: outcome.response, backend: null }
    case 'not-modelled':
      return {
        decision,
        response: { status: 0, reason: outcome.pattern, headers: [], body: '' },
        backend: null,
      }
    case 'proxy': {
      const { address, port, pod } = outcome.endpoint
      if (pod !== undefined && !cluster.listening.has(`${address}:${port}`))
        return { decision, response: ownResponse(502, { date }), backend: null }
      const backend = backendOf(outcome.upstream, config, cluster)
      const addressKind = pod === undefined ? 'clusterIP' : 'podIP'
      const response = podResponse(date, outcome.addedHeaders)
      const { request } = outcome
      return {
        decision,
        response,
        backend,
        addressKind,
        request,
        ...(pod !== undefined && { pod: pod.name }),
      }
    }
    case 'proxy-by-name': {
      // The controller's search list ends in a namespace that has the Service.
      const isThere = cluster.objects.services.some(({ ref }) => ref.name === outcome.hostname)
      if (!isThere) return { decision, response: ownResponse(503, { date }), backend: null }
      const backend = backendOf(outcome.upstream, config, cluster)
      return {
        decision,
        response: podResponse(date, outcome.addedHeaders),
        backend,
        request: outcome.request,
      }
    }
  }
}

function podResponse(date: string, added: OwnResponse['headers']): OwnResponse {
  const headers: OwnResponse['headers'] = [
    ['Date', date],
    ['Content-Type', 'application/json'],
    ['Content-Length', '0'],
    ...added,
  ]
  return { status: 200, reason: 'OK', headers, body: '' }
}

/** The Service by its own port number, which an Ingress may name by name or by targetPort. */
function backendOf(
  name: string,
  config: ControllerConfig,
  cluster: GoldenCluster,
): GoldenExpectation['backend'] {
  const backend = config.upstreams.find((upstream) => upstream.name === name)?.backend
  if (backend === undefined) return null
  const service = cluster.objects.services.find(
    ({ ref }) => ref.namespace === backend.namespace && ref.name === backend.name,
  )
  const wanted = String(backend.port)
  const port = service?.ports.find((each) =>
    [each.port, each.targetPort, each.name].map(String).includes(wanted),
  )
  return { namespace: backend.namespace, service: backend.name, port: port?.port ?? Number(backend.port) }
}

/** What {@link judge} and {@link judgeTogether} look at; `source` says where an `ingressNginx` block comes from. */
const knownKeys = new Set(
  (
    'status backend ingress location certificate headers headersPresent absentHeaders bodyContains ' +
    'setCookieContains setCookieLacks upstream spread shares source'
  ).split(' '),
)

type Difference = Pick<IngressFailure, 'expected' | 'got'>

function judge(expect: GoldenExpectation, seen: Seen): readonly Difference[] {
  const { response, decision } = seen
  const header = (name: string) =>
    response.headers.find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1]
  const secret = decision.certificateSecret
  const compare = (key: string, expected: unknown, got: unknown): readonly Difference[] =>
    expected === undefined || JSON.stringify(expected) === JSON.stringify(got)
      ? []
      : [{ expected: `${key} ${JSON.stringify(expected)}`, got: `${JSON.stringify(got)}` }]
  return [
    ...compare(
      'unknown keys',
      [],
      Object.keys(expect).filter((key) => !knownKeys.has(key)),
    ),
    ...compare('status', expect.status, response.status),
    ...compare('backend', expect.backend, seen.backend),
    ...compare('ingress', expect.ingress, decision.ingress?.name),
    ...compare('location', expect.location, header('Location')),
    ...compare('certificate', expect.certificate, secret ? `${secret.namespace}/${secret.name}` : 'fake'),
    ...Object.entries(expect.headers ?? {}).flatMap(([name, value]) => compare(name, value, header(name))),
    ...(expect.headersPresent ?? []).flatMap((name) => compare(name, true, header(name) !== undefined)),
    ...(expect.absentHeaders ?? []).flatMap((name) => compare(name, false, header(name) !== undefined)),
    ...(expect.bodyContains ?? []).flatMap((part) => compare(part, true, response.body.includes(part))),
    ...(expect.setCookieContains ?? []).flatMap((part) =>
      compare(`Set-Cookie ${part}`, true, (header('Set-Cookie') ?? '').includes(part)),
    ),
    ...(expect.setCookieLacks ?? []).flatMap((part) =>
      compare(`Set-Cookie without ${part}`, true, header('Set-Cookie')?.includes(part) === false),
    ),
    ...judgeUpstream(expect.upstream, seen, compare),
  ]
}

function judgeUpstream(
  expect: GoldenExpectation['upstream'],
  { request, addressKind }: Seen,
  compare: (key: string, expected: unknown, got: unknown) => readonly Difference[],
): readonly Difference[] {
  if (expect === undefined) return []
  const header = (name: string) =>
    request?.headers.find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1]
  return [
    ...compare('path to the Pod', expect.path, request?.target),
    ...compare('method to the Pod', expect.method, request?.method),
    ...compare('Host to the Pod', expect.host, header('Host')),
    ...compare('address', expect.address, addressKind),
    ...Object.entries(expect.headers ?? {}).flatMap(([name, value]) =>
      compare(`${name} to the Pod`, value === '$client' ? client : value, header(name)),
    ),
  ]
}

/** What holds for all repetitions together. */
function judgeTogether(
  expect: GoldenExpectation,
  seen: readonly Seen[],
  firstPod: string | undefined,
): readonly Difference[] {
  const { spread, shares = [] } = expect
  const counts = new Map<string, number>()
  for (const { pod = '' } of seen) counts.set(pod, (counts.get(pod) ?? 0) + 1)
  const got = JSON.stringify([...counts])
  const differences: Difference[] = []
  if (spread?.distinctPods !== undefined && spread.distinctPods !== counts.size)
    differences.push({ expected: `${spread.distinctPods} Pods`, got })
  if (spread?.each !== undefined && [...counts.values()].some((count) => count !== spread.each))
    differences.push({ expected: `${spread.each} requests a Pod`, got })
  if (spread?.sameAsSession && seen.some(({ pod }) => pod !== firstPod))
    differences.push({ expected: `the Pod of the session, ${firstPod}`, got })
  for (const { service, atLeast } of shares) {
    const share = seen.filter(({ backend }) => backend?.service === service).length / seen.length
    if (share < atLeast) differences.push({ expected: `${service} at least ${atLeast}`, got: String(share) })
  }
  return differences
}
