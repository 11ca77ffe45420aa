/** The lines that GNU wget writes of one try (src/http.c, src/connect.c, src/host.c), in the C locale. */
import type { HttpResponse, Result } from '../../sim/trace/trace.ts'
import { printUnmodelled } from '../print-unmodelled.ts'
import { isAddress, type Url } from '../url.ts'

/** `Resolving …` for a name, then `Connecting to …` up to its end. */
export function resolving(url: Url, result: Result): string {
  const isName = !isAddress(url.host)
  if (result.kind === 'name-failed') return `Resolving ${url.host} (${url.host})... `
  if (result.kind !== 'http' && result.kind !== 'connect-failed' && result.kind !== 'tls-failed') return ''
  const found = isName ? `Resolving ${url.host} (${url.host})... ${result.address}\n` : ''
  const whom = isName ? `${url.host} (${url.host})|${result.address}|` : result.address
  const wasConnected =
    result.kind !== 'connect-failed' || result.error === 'reset' || result.error === 'empty-reply'
  const connected = wasConnected ? `connected.\n${warnings(url, result)}` : ''
  return `${found}Connecting to ${whom}:${url.port}... ${connected}`
}

/** What wget says of a certificate that it takes all the same (`--no-check-certificate`). */
function warnings({ host }: Url, result: Result): string {
  if (result.kind !== 'http' || result.tls?.chainVerdict.kind !== 'refused') return ''
  const about = `WARNING: The certificate of '${host}'`
  return `${about} is not trusted.\n${about} doesn't have a known issuer.\n`
}

/** `HTTP request sent…` and the status; with `-S` the status line and headers under it. */
export function awaiting(response: HttpResponse, isServerResponse: boolean): string {
  const head = 'HTTP request sent, awaiting response... '
  if (!isServerResponse) return `${head}${response.status} ${response.reason}\n`
  const lines = [
    `HTTP/1.1 ${response.status} ${response.reason}`,
    ...response.headers.map((pair) => pair.join(': ')),
  ]
  return `${head}\n${lines.map((line) => `  ${line}\n`).join('')}`
}

/** `Length: 615 [text/html]` */
export function lengthLine(response: HttpResponse): string {
  const length = headerOf(response, 'content-length')
  const type = (headerOf(response, 'content-type') ?? '').split(';')[0] ?? ''
  const size = length === undefined ? 'unspecified' : `${length}${inUnits(Number(length))}`
  return `Length: ${size}${type === '' ? '' : ` [${type}]`}\n`
}

/** ` (1.2K)` beside a length that is 1 kB or more. */
function inUnits(bytes: number): string {
  if (bytes < 1024) return ''
  const kib = bytes / 1024
  return kib < 1024 ? ` (${kib.toFixed(kib < 10 ? 1 : 0)}K)` : ` (${(kib / 1024).toFixed(1)}M)`
}

/** A response's header, by its name in small letters. */
export function headerOf(response: HttpResponse, name: string): string | undefined {
  return response.headers.find(([header]) => header.toLowerCase() === name)?.[1]
}

/** How a try failed: the text, and whether wget tries again. */
export interface TryFailure {
  readonly text: string
  readonly retry: boolean
  /** 4 unless it is a certificate. */
  readonly exitCode?: number
}

/** What wget says of a failure. It gives up at once when refused, unreachable, or without a name; a time-out is tried again. */
export function failureOf(result: Exclude<Result, { kind: 'http' }>, url: Url): TryFailure {
  const unmodelled = printUnmodelled(result)
  if (unmodelled !== undefined) return { text: `\n${unmodelled}`, retry: false }
  switch (result.kind) {
    case 'name-failed': {
      const reasons = {
        'not-found': 'Name or service not known',
        'try-again': 'Temporary failure in name resolution',
        'no-data': 'No address associated with hostname',
        illegal: 'Name or service not known',
      }
      const text = `failed: ${reasons[result.error]}.\nwget: unable to resolve host address '${url.host}'\n`
      return { text, retry: false }
    }
    case 'connect-failed':
      return connectFailure(result.error)
    case 'tls-failed':
      return tlsFailure(result, url)
    case 'not-modelled':
    case 'client-gone':
    case 'bad-request':
    case 'connected':
    case 'delivered':
    case 'ping':
    case 'dns':
      return { text: 'failed: Invalid argument.\n', retry: false }
  }
}

/** Debian's wget speaks GnuTLS (src/gnutls.c), measured; of dates it is not known. */
function tlsFailure(result: Extract<Result, { kind: 'tls-failed' }>, { host }: Url): TryFailure {
  const refused = (text: string): TryFailure => ({ text, retry: false, exitCode: 5 })
  switch (result.error) {
    case 'wrong-version': {
      const text = 'GnuTLS: An unexpected TLS packet was received.\nUnable to establish SSL connection.\n'
      return { text, retry: false }
    }
    case 'name':
      return refused(`The certificate's owner does not match hostname '${host}'\n`)
    case 'chain': {
      const verdict = result.tls?.chainVerdict
      const isStranger =
        verdict?.kind === 'refused' &&
        ['unknown-issuer', 'self-signed', 'self-signed-in-chain'].includes(verdict.error)
      if (!isStranger) return refused(`podpath: what wget prints of this certificate is not modelled\n`)
      const about = `ERROR: The certificate of '${host}'`
      return refused(`${about} is not trusted.\n${about} doesn't have a known issuer.\n`)
    }
  }
}

function connectFailure(error: Extract<Result, { kind: 'connect-failed' }>['error']): TryFailure {
  const sent = 'HTTP request sent, awaiting response... '
  switch (error) {
    case 'unknown':
      return { text: 'failed: not modelled.\n', retry: false }
    case 'refused':
      return { text: 'failed: Connection refused.\n', retry: false }
    case 'unreachable':
      return { text: 'failed: No route to host.\n', retry: false }
    case 'timed-out':
      return { text: 'failed: Connection timed out.\n', retry: true }
    case 'reset':
      return { text: `${sent}Read error (Connection reset by peer) in headers.\n`, retry: true }
    case 'empty-reply':
      return { text: `${sent}No data received.\n`, retry: true }
  }
}
