/**
 * TLS 1.3's handshake (RFC 8446) over an open connection, in the messages that a person can learn from: ClientHello with its server name,
 * the server's certificate, what the client thinks of it, and the alert where it does not trust it. Left out: keys and ciphers, client
 * certificates, resumption, TLS passthrough; servers that speak 1.2 alone.
 */
import { between, type Millis } from '../clock.ts'
import { walkFrom } from '../network/walk.ts'
import { hopText, phrase } from '../phrase.ts'
import type { SignedCertificate } from '../tls/certificate.ts'
import { matchHost } from '../tls/match-host.ts'
import { verifyChain } from '../tls/verify-chain.ts'
import { verificationEvidence } from './tls-evidence.ts'
import { ALERT_BYTES, CLIENT_FINISHED_BYTES, CLIENT_HELLO_BYTES, serverFlightBytes } from './tls-flights.ts'
import { tlsServer, type TlsServer } from './tls-server.ts'
import { tellAnswered } from './http.ts'
import { follow } from './follow.ts'
import type { Run } from './run.ts'
import { placeOf, podSubject } from './subjects.ts'
import { flightOf, tcpPacket, type Connection } from './tcp-connection.ts'
import { sendReply, sendRequest, waitInVain } from './tcp-data.ts'
import { flightParts, partyName } from './tell-parts.ts'
import type { ClientHello, Message, ShownCertificate, TlsHandshake } from './trace.ts'

/** What the client brings. */
export interface TlsClient extends ClientHello {
  /** The name or address that the certificate must hold for. */
  readonly name: string
  readonly trusted: readonly SignedCertificate[]
  /** False: whatever comes is taken (`-k`, and nginx towards Pods). */
  readonly isChecked: boolean
}

export type TlsOutcome =
  | { readonly kind: 'open'; readonly connection: Connection; readonly tls: TlsHandshake }
  | { readonly kind: 'refused'; readonly error: 'chain' | 'name'; readonly tls: TlsHandshake }
  | { readonly kind: 'wrong-version' }
  | { readonly kind: 'no-answer'; readonly error: 'timed-out' | 'reset'; readonly afterMs: Millis }
  | { readonly kind: 'not-modelled' }

/** Shakes hands on `connection`; what follows goes over the connection of the outcome. */
export function shakeHands(
  run: Run,
  exchange: number,
  connection: Connection,
  client: TlsClient,
): TlsOutcome {
  const { serverName, offered } = client
  const hello: ClientHello = { ...(serverName === undefined ? {} : { serverName }), offered }
  const server = tlsServer(run, connection, hello)
  if (server.kind === 'not-modelled') {
    tellNotModelled(run, exchange, connection, client)
    return { kind: 'not-modelled' }
  }
  const startedAt = run.world.now()
  const lost = (error: 'timed-out' | 'reset'): TlsOutcome => ({
    kind: 'no-answer',
    error,
    afterMs: between(startedAt, run.world.now()),
  })
  const payload = { protocol: 'TLS', summary: 'ClientHello', bytes: CLIENT_HELLO_BYTES } as const
  const sent = sendRequest(run, exchange, connection, payload, { kind: 'tls-client-hello', ...hello })
  if (sent !== 'arrived') return lost(sent === 'silence' ? 'timed-out' : 'reset')
  if (server.kind === 'plain-http')
    return answerInPlain(run, exchange, connection, server) ? { kind: 'wrong-version' } : lost('timed-out')
  if (server.kind === 'closes') {
    tellClosed(run, exchange, connection, server, serverName ?? '')
    return lost('reset')
  }
  const tls = judge(run, client, hello, server)
  tellCertificate(run, exchange, connection, server, tls)
  const bytes = serverFlightBytes(tls.shown.chain, tls.alpn)
  if (!sendReply(run, exchange, connection, { protocol: 'TLS', summary: 'ServerHello … Finished', bytes })) {
    waitInVain(run, exchange, connection, 'ClientHello')
    return lost('timed-out')
  }
  return conclude(run, exchange, connection, tls)
}

function judge(
  run: Run,
  client: TlsClient,
  hello: ClientHello,
  { chain: [own, ...more], from, protocols }: Extract<TlsServer, { kind: 'terminates' }>,
): TlsHandshake {
  const chainVerdict = verifyChain([own, ...more], client.trusted, run.world.now())
  const shown: ShownCertificate = {
    chain: [own.certificate, ...more.map(({ certificate }) => certificate)],
    from,
  }
  // The server's order decides (nginx, Go alike).
  const alpn = protocols.find((each) => hello.offered.includes(each))
  return {
    hello,
    shown,
    ...(alpn === undefined ? {} : { alpn }),
    chainVerdict,
    ...(chainVerdict.kind === 'refused' ? {} : { hostMatch: matchHost(own.certificate, client.name) }),
    isChecked: client.isChecked,
  }
}

/** The client's side: verified and finished, or refused and told so. */
function conclude(run: Run, exchange: number, connection: Connection, tls: TlsHandshake): TlsOutcome {
  const { chainVerdict, hostMatch, isChecked, alpn, hello } = tls
  tellVerified(run, exchange, connection, tls)
  if (isChecked && chainVerdict.kind === 'unknown') return { kind: 'not-modelled' }
  if (isChecked && chainVerdict.kind === 'refused') {
    sendAlert(run, exchange, connection, chainVerdict.alert)
    return { kind: 'refused', error: 'chain', tls }
  }
  const finished = { protocol: 'TLS', summary: 'Finished', bytes: CLIENT_FINISHED_BYTES } as const
  const packet = tcpPacket(connection.local, connection.remote, ['PSH', 'ACK'], finished)
  const flight = flightOf(run, exchange, 'request', 'Finished', 'silent')
  follow(run, flight, walkFrom(run.world, connection.client.host, packet))
  // curl looks at the name when OpenSSL is done.
  if (isChecked && hostMatch?.kind === 'mismatch') {
    sendAlert(run, exchange, connection, 0)
    return { kind: 'refused', error: 'name', tls }
  }
  const agreed = {
    ...(hello.serverName === undefined ? {} : { serverName: hello.serverName }),
    ...(alpn === undefined ? {} : { alpn }),
  }
  return { kind: 'open', connection: { ...connection, tls: agreed }, tls }
}

/** RFC 8446 §6, as OpenSSL spells them. */
const alerts: Readonly<Record<number, string>> = {
  0: 'close notify',
  42: 'bad certificate',
  45: 'certificate expired',
  48: 'unknown CA',
  51: 'decrypt error',
}

/** The name of an alert. */
function alertName(code: number): string {
  return alerts[code] ?? String(code)
}

function sendAlert(run: Run, exchange: number, connection: Connection, code: number): void {
  const name = alertName(code)
  const payload = { protocol: 'TLS', summary: `Alert: ${name}`, bytes: ALERT_BYTES } as const
  sendRequest(run, exchange, connection, payload, { kind: 'tls-alert', code, name })
}

/** The server's hop: which certificate it shows. */
function tellCertificate(
  run: Run,
  exchange: number,
  connection: Connection,
  server: Extract<TlsServer, { kind: 'terminates' }>,
  tls: TlsHandshake,
): void {
  const { shown, alpn, hello } = tls
  const values = {
    pod: server.pod.ref.name,
    name: hello.serverName ?? '',
    secret: shown.from.kind === 'secret' ? `${shown.from.secret.namespace}/${shown.from.secret.name}` : '',
  }
  tellAnswered(run, exchange, connection, {
    kind: 'match',
    phase: 'edge',
    subject: podSubject(server.pod),
    ...hopText(`tls-${shown.from.kind}`, values),
    basis: server.basis,
    evidence: server.evidence,
    origins: server.origins,
    message: { kind: 'tls-certificate', shown, ...(alpn === undefined ? {} : { alpn }) },
  })
}

/** No certificate for the name: the server closes the connection without a word. */
function tellClosed(
  run: Run,
  exchange: number,
  connection: Connection,
  { pod, evidence }: Extract<TlsServer, { kind: 'closes' }>,
  name: string,
): void {
  tellAnswered(run, exchange, connection, {
    kind: 'refuse',
    phase: 'drop',
    subject: podSubject(pod),
    ...hopText('gateway-no-certificate', { pod: pod.ref.name, name }),
    evidence,
  })
}

/** What speaks plain HTTP answers 400 in plain HTTP, and the client does not understand it. */
function answerInPlain(
  run: Run,
  exchange: number,
  connection: Connection,
  { pod, basis }: Extract<TlsServer, { kind: 'plain-http' }>,
): boolean {
  tellAnswered(run, exchange, connection, {
    subject: podSubject(pod),
    ...hopText('tls-to-plain', { pod: pod.ref.name, port: connection.server.local.port }),
    basis,
  })
  const payload = { protocol: 'HTTP', summary: '400 Bad Request', bytes: 0 } as const
  if (!sendReply(run, exchange, connection, payload)) {
    waitInVain(run, exchange, connection, 'ClientHello')
    return false
  }
  tellClient(run, exchange, connection, { ...hopText('tls-wrong-version', {}), phase: 'drop' })
  return true
}

function tellVerified(run: Run, exchange: number, connection: Connection, tls: TlsHandshake): void {
  const { chainVerdict, hostMatch, isChecked, shown, hello } = tls
  const name = hello.serverName ?? connection.remote.address
  const isTrusted = chainVerdict.kind === 'trusted' && hostMatch?.kind === 'matched'
  const why = chainVerdict.kind === 'refused' ? chainVerdict.text : ''
  const values = { client: partyName(connection.client), name, why }
  const message: Message = { kind: 'tls-certificate', shown }
  const evidence = [verificationEvidence(tls)]
  if (chainVerdict.kind === 'unknown') {
    const told = hopText('tls-unjudged', { ...values, algorithm: chainVerdict.algorithm })
    tellClient(run, exchange, connection, { ...told, message, evidence, basis: 'not-modelled' })
  } else if (isTrusted) {
    tellClient(run, exchange, connection, { ...hopText('tls-verified', values), message, evidence })
  } else if (!isChecked) {
    tellClient(run, exchange, connection, { ...hopText('tls-unverified', values), message, evidence })
  } else {
    const told = hopText(hostMatch === undefined ? 'tls-refused' : 'tls-name-differs', values)
    tellClient(run, exchange, connection, { ...told, message, evidence, phase: 'drop', kind: 'refuse' })
  }
}

type Told = Pick<Parameters<Run['recorder']['hop']>[0], 'title' | 'caption' | 'label'> &
  Partial<Pick<Parameters<Run['recorder']['hop']>[0], 'kind' | 'phase' | 'message' | 'evidence' | 'basis'>>

function tellClient(run: Run, exchange: number, connection: Connection, told: Told): void {
  const { client, local, remote } = connection
  run.recorder.hop({
    ...flightParts(flightOf(run, exchange, 'reply', '', 'silent')),
    phase: 'edge',
    kind: 'receive',
    place: placeOf(run.world.cluster(), client.host, 'socket'),
    subject: client.subject,
    before: tcpPacket(remote, local, ['PSH', 'ACK']),
    ...told,
  })
}

/** The one hop that says that we do not know what answers; the trace never ends green. */
function tellNotModelled(run: Run, exchange: number, connection: Connection, { name }: TlsClient): void {
  const { client, local, remote } = connection
  const payload = { protocol: 'TLS', summary: 'ClientHello', bytes: CLIENT_HELLO_BYTES } as const
  run.recorder.hop({
    ...flightParts(flightOf(run, exchange, 'request', 'ClientHello', 'silent')),
    kind: 'send',
    phase: 'edge',
    place: placeOf(run.world.cluster(), client.host, 'socket'),
    subject: client.subject,
    ...hopText('tls', { name }),
    before: tcpPacket(local, remote, ['PSH', 'ACK'], payload),
    basis: 'not-modelled',
  })
}

/** The exchange of a handshake. */
export function openTls(run: Run, leg: 'client' | 'upstream'): number {
  return run.recorder.open('tls', leg, phrase(leg === 'client' ? 'exchange.tls' : 'exchange.upstream-tls'))
}
