/** What `curl -v` tells of a TLS handshake and of HTTP/2 (curl 7.88 with OpenSSL 3.0 and nghttp2, lib/vtls/openssl.c, lib/h2h3.c), measured. */
import type { Result, TlsHandshake } from '../../sim/trace/trace.ts'
import { printCertificateTime, printName } from '../../sim/tls/print-certificate.ts'
import type { CurlRequest } from './curl-talk.ts'

type TlsFailed = Extract<Result, { kind: 'tls-failed' }>

const clientHello = '* TLSv1.3 (OUT), TLS handshake, Client hello (1):'

/** Up to the certificate. */
const serverHello = [
  '* TLSv1.3 (IN), TLS handshake, Server hello (2):',
  '* TLSv1.3 (IN), TLS handshake, Encrypted Extensions (8):',
  '* TLSv1.3 (IN), TLS handshake, Certificate (11):',
]

const finished = [
  '* TLSv1.3 (IN), TLS handshake, CERT verify (15):',
  '* TLSv1.3 (IN), TLS handshake, Finished (20):',
  '* TLSv1.3 (OUT), TLS change cipher, Change cipher spec (1):',
  '* TLSv1.3 (OUT), TLS handshake, Finished (20):',
  '* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384',
]

const tickets = [
  '* TLSv1.3 (IN), TLS handshake, Newsession Ticket (4):',
  '* TLSv1.3 (IN), TLS handshake, Newsession Ticket (4):',
  '* old SSL session ID is stale, removing',
]

/** A handshake that stands, up to the request. */
export function handshakeTalk(request: CurlRequest, tls: TlsHandshake): readonly string[] {
  return [
    ...helloTalk(request),
    ...serverHello,
    ...finished,
    ...certificateTalk(request, tls),
    `*  issuer: ${named(tls.shown.chain[0].issuer)}`,
    tls.chainVerdict.kind === 'refused'
      ? `*  SSL certificate verify result: ${tls.chainVerdict.text} (${tls.chainVerdict.code}), continuing anyway.`
      : '*  SSL certificate verify ok.',
    ...(tls.alpn === 'h2' ? http2Talk(request) : ['* using HTTP/1.1']),
  ]
}

/** What comes between request and response: the server's tickets. */
export function afterRequestTalk(tls: TlsHandshake | undefined): readonly string[] {
  return tls === undefined ? [] : tickets
}

/** A handshake that failed: how far it came, the reason, and the end. */
export function failedHandshakeTalk(
  request: CurlRequest,
  result: TlsFailed,
  reason: string,
): readonly string[] {
  const closing = `* Closing connection ${request.connection}`
  const { tls } = result
  if (tls === undefined) return [...helloTalk(request), `* ${reason}`, closing]
  if (tls.chainVerdict.kind === 'refused') {
    const { alert } = tls.chainVerdict
    return [
      ...helloTalk(request),
      ...serverHello,
      // Level fatal, 2, and the alert's number.
      `* TLSv1.3 (OUT), TLS alert, ${alertNames[alert] ?? 'unknown'} (${512 + alert}):`,
      `* ${reason}`,
      closing,
    ]
  }
  return [
    ...helloTalk(request),
    ...serverHello,
    ...finished,
    ...certificateTalk(request, tls),
    `* ${reason}`,
    closing,
    ...tickets,
    '* TLSv1.3 (OUT), TLS alert, close notify (256):',
  ]
}

/** As OpenSSL spells them (ssl/ssl_stat.c). */
const alertNames: Readonly<Record<number, string>> = {
  42: 'bad certificate',
  45: 'certificate expired',
  48: 'unknown CA',
  51: 'decrypt error',
}

function helloTalk({ options }: CurlRequest): readonly string[] {
  const file = options.cacert ?? '/etc/ssl/certs/ca-certificates.crt'
  return [
    `* ALPN: offers ${options.http1 ? 'http/1.1' : 'h2,http/1.1'}`,
    clientHello,
    ...(options.insecure ? [] : [`*  CAfile: ${file}`, '*  CApath: /etc/ssl/certs']),
  ]
}

function certificateTalk(
  { options, url }: CurlRequest,
  { alpn, shown, hostMatch }: TlsHandshake,
): readonly string[] {
  const [own] = shown.chain
  return [
    alpn === undefined
      ? '* ALPN: server did not agree on a protocol. Uses default.'
      : `* ALPN: server accepted ${alpn}`,
    '* Server certificate:',
    `*  subject: ${named(own.subject)}`,
    `*  start date: ${printCertificateTime(own.notBeforeMs)}`,
    `*  expire date: ${printCertificateTime(own.notAfterMs)}`,
    ...(options.insecure ? [] : matchTalk(url.host, hostMatch)),
  ]
}

function matchTalk(host: string, match: TlsHandshake['hostMatch']): readonly string[] {
  if (match?.kind === 'mismatch')
    return match.by === 'common-name' ? [] : [`*  subjectAltName does not match ${host}`]
  switch (match?.by) {
    case undefined:
      return []
    case 'common-name':
      return [`*  common name: ${match?.pattern} (matched)`]
    case 'dns-name':
      return [`*  subjectAltName: host "${host}" matched cert's "${match?.pattern}"`]
    case 'ip-address':
      return [`*  subjectAltName: host "${host}" matched cert's IP address!`]
  }
}

function named(name: TlsHandshake['shown']['chain'][0]['subject']): string {
  return name.length === 0 ? '[NONE]' : printName(name)
}

/** The handle's address differs from run to run; here it is always the same. */
const HANDLE = '0x55fd923cf4b0'

function http2Talk({ options, url, headers }: CurlRequest): readonly string[] {
  const [host, ...others] = headers
  const fields = [
    [':method', options.method],
    [':path', url.target],
    [':scheme', 'https'],
    [':authority', host?.value ?? ''],
    ...others.map(({ name, value }) => [name.toLowerCase(), value] as const),
  ]
  return [
    '* using HTTP/2',
    ...fields.map(([name, value]) => `* h2h3 [${name}: ${value}]`),
    `* Using Stream ID: 1 (easy handle ${HANDLE})`,
  ]
}
