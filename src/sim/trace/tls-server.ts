/**
 * What the program behind a socket does with a ClientHello: an ingress controller chooses a certificate by the name in it, a Pod that
 * `podpath.dev/listen` says speaks TLS shows its own, one that speaks plain HTTP takes it for a bad request.
 */
import { certificateOf } from '../cluster/certificate-controller.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { objectKey, type ObjectRef, type Origin } from '../cluster/object-ref.ts'
import type { Pod } from '../cluster/objects.ts'
import { openStream } from '../draw.ts'
import { chooseListener } from '../gateway/choose-listener.ts'
import { chooseCertificate } from '../ingress/choose-certificate.ts'
import type { SignedCertificate } from '../tls/certificate.ts'
import { matchHost } from '../tls/match-host.ts'
import { issueCertificate } from '../tls/issue-certificate.ts'
import { drawP256Key, drawSerial } from '../tls/seeded-key.ts'
import { readTlsSecret, type CertificateChain } from '../tls/tls-secret.ts'
import { choiceEvidence } from './gateway-evidence.ts'
import { dataPlaneOf } from './gateway-proxies.ts'
import { controllerConfig, fakeCertificateOf } from './ingress-controllers.ts'
import { decisionEvidence } from './ingress-evidence.ts'
import type { Run } from './run.ts'
import { isCoreDns, isGatewayProxy, isIngressController } from './subjects.ts'
import type { Connection } from './tcp-connection.ts'
import { podOfSocket } from './tell-socket.ts'
import type { Alpn, Basis, ClientHello, Evidence, ShownCertificate } from './trace.ts'

export type TlsServer =
  | {
      readonly kind: 'terminates'
      readonly pod: Pod
      readonly chain: CertificateChain
      readonly from: ShownCertificate['from']
      /** Protocols that it speaks over TLS, the dearest first. */
      readonly protocols: readonly Alpn[]
      readonly basis: Basis
      readonly evidence: readonly Evidence[]
      readonly origins: readonly Origin[]
    }
  /** It answers a ClientHello as it answers any line that is no request. */
  | { readonly kind: 'plain-http'; readonly pod: Pod; readonly basis: Basis }
  /** It has no certificate for the name and closes, as Envoy does where no filter chain fits. */
  | { readonly kind: 'closes'; readonly pod: Pod; readonly evidence: readonly Evidence[] }
  | { readonly kind: 'not-modelled' }

/** Ports on which TLS is usual: what nobody says of these is not known. */
const usualTlsPorts = [443, 6443, 8443, 9443, 10250]

/** What answers at the connection's end. */
export function tlsServer(run: Run, connection: Connection, hello: ClientHello): TlsServer {
  const pod = podOfSocket(run, connection.server.socket)
  if (pod === undefined) return { kind: 'not-modelled' }
  const { port } = connection.server.local
  if (isGatewayProxy(pod)) return gatewayTls(run.world.written(), pod, port, hello)
  if (isIngressController(pod)) return controllerTls(run, pod, port, hello)
  const listen = pod.listens.find((each) => each.port === port)
  if (listen?.protocol === 'TLS') return applicationTls(run.world.cluster(), pod)
  const isUsual = usualTlsPorts.includes(port) || isNamedHttps(pod, port)
  if (isUsual || isCoreDns(pod)) return { kind: 'not-modelled' }
  return { kind: 'plain-http', pod, basis: listen?.told === 'annotation' ? 'computed' : 'assumed' }
}

function isNamedHttps(pod: Pod, port: number): boolean {
  return pod.containers.some(({ ports }) =>
    ports.some(({ containerPort, name }) => containerPort === port && name?.includes('https') === true),
  )
}

function controllerTls(run: Run, pod: Pod, port: number, hello: ClientHello): TlsServer {
  const cluster = run.world.written()
  const config = controllerConfig(cluster, pod)
  if (port === config.settings.httpPort) return { kind: 'plain-http', pod, basis: 'computed' }
  if (port !== config.settings.httpsPort) return { kind: 'not-modelled' }
  const choice = chooseCertificate(config, hello.serverName)
  const served = choice.secret === undefined ? undefined : servedSecret(cluster, choice.secret)
  return {
    kind: 'terminates',
    pod,
    chain: served?.chain ?? [fakeCertificateOf(cluster, pod)],
    from: served === undefined ? { kind: 'fake' } : { kind: 'secret', secret: served.ref },
    protocols: ['h2', 'http/1.1'],
    basis: 'computed',
    evidence: [decisionEvidence('certificates', choice.decision)],
    origins: [...choice.because, ...(served?.origins ?? [])],
  }
}

/** The listener is chosen by the name in the ClientHello; of its certificates the first that holds for that name, else its first. */
function gatewayTls(cluster: Cluster, pod: Pod, port: number, hello: ClientHello): TlsServer {
  const plane = dataPlaneOf(cluster, pod)
  const onPort = plane?.listeners.filter(({ listener }) => listener.port === port) ?? []
  if (plane === undefined || onPort.length === 0) return { kind: 'not-modelled' }
  if (onPort.every(({ listener }) => listener.protocol !== 'HTTPS'))
    return { kind: 'plain-http', pod, basis: 'computed' }
  const { chosen, choice } = chooseListener(plane.listeners, port, (hello.serverName ?? '').toLowerCase())
  const evidence = [choiceEvidence('listeners-by-sni', choice)]
  const namespace = plane.gateway.namespace
  const pairs = (chosen?.listener.tls?.certificateRefs ?? []).flatMap(
    (ref) =>
      servedSecret(cluster, { kind: 'Secret', namespace: ref.namespace ?? namespace, name: ref.name }) ?? [],
  )
  const served =
    pairs.find(({ chain }) => matchHost(chain[0].certificate, hello.serverName ?? '').kind === 'matched') ??
    pairs[0]
  if (chosen === undefined || served === undefined) return { kind: 'closes', pod, evidence }
  return {
    kind: 'terminates',
    pod,
    chain: served.chain,
    from: { kind: 'secret', secret: served.ref },
    protocols: ['h2', 'http/1.1'],
    basis: 'computed',
    evidence,
    origins: [chosen.because, ...served.origins],
  }
}

/** A Secret's chain, and the lines behind it: its own, or those of the Certificate that wrote it. Undefined where it is no pair. */
function servedSecret(cluster: Cluster, wanted: ObjectRef) {
  const secret = cluster.secrets.find(
    ({ ref }) => ref.namespace === wanted.namespace && ref.name === wanted.name,
  )
  const read = secret === undefined ? undefined : readTlsSecret(secret.data)
  if (secret === undefined || read?.kind !== 'pair') return undefined
  const writer = certificateOf(secret)
  const origins: readonly Origin[] =
    writer === undefined
      ? [{ object: secret.ref, paths: [['data', 'tls.crt']] }]
      : [{ object: writer, paths: [['spec']] }]
  return { chain: read.chain, ref: secret.ref, origins }
}

/**
 * The first Secret among the Pod's volumes that is a pair; else a certificate that the program has made for itself, with the Pod's name.
 * Both are assumed: what a program does with its files no manifest says. HTTP/1.1 alone, as nginx does unless told otherwise.
 */
function applicationTls(cluster: Cluster, pod: Pod): TlsServer {
  const mounted = pod.secretVolumes
    .map((name) => servedSecret(cluster, { kind: 'Secret', namespace: pod.ref.namespace, name }))
    .find((each) => each !== undefined)
  return {
    kind: 'terminates',
    pod,
    chain: mounted?.chain ?? [ownCertificate(cluster, pod)],
    from: mounted === undefined ? { kind: 'application' } : { kind: 'secret', secret: mounted.ref },
    protocols: ['http/1.1'],
    basis: 'assumed',
    evidence: [],
    origins: [
      { object: pod.ref, paths: [['metadata', 'annotations', 'podpath.dev/listen']] },
      ...(mounted?.origins ?? []),
    ],
  }
}

const YEAR_MS = 365 * 24 * 3600 * 1000

const made = new WeakMap<Pod, SignedCertificate>()

function ownCertificate({ seed }: Cluster, pod: Pod): SignedCertificate {
  const known = made.get(pod)
  if (known !== undefined) return known
  const draw = openStream(seed, `own-certificate/${objectKey(pod.ref)}`)
  const certificate = issueCertificate({
    subject: [['CN', pod.ref.name]],
    dnsNames: [pod.ref.name],
    ipAddresses: [],
    isCa: false,
    forServers: true,
    notBeforeMs: pod.createdAtMs,
    notAfterMs: pod.createdAtMs + YEAR_MS,
    serial: drawSerial(draw),
    key: { kind: 'p256', scalar: drawP256Key(draw) },
  })
  made.set(pod, certificate)
  return certificate
}
