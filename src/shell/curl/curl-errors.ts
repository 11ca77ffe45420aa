/** What curl says when it fails, and its exit codes (curl 7.88, lib/connect.c, lib/strerror.c). */
import type { Result } from '../../sim/trace/trace.ts'
import type { Url } from '../url.ts'
import type { CurlOptions } from './curl-options.ts'

/** `talk`: lines of `-v` before the end, without their star. */
export interface CurlFailure {
  readonly exitCode: number
  readonly message: string
  readonly talk: readonly string[]
  /** Lines behind the message. */
  readonly advice?: string
}

/** The failure that a result is, or `undefined`: curl got a response. */
export function curlFailure(result: Result, url: Url, options: CurlOptions): CurlFailure | undefined {
  switch (result.kind) {
    case 'http':
      return undefined
    case 'name-failed':
      return nameFailure(result, options)
    case 'connect-failed':
      return connectFailure(result, url, options)
    case 'tls-failed':
      return tlsFailure(result)
    case 'bad-request':
      return { exitCode: 3, message: 'URL using bad/illegal format or missing URL', talk: [] }
    case 'not-modelled':
    case 'client-gone':
    case 'connected':
    case 'delivered':
    case 'ping':
    case 'dns':
      return { exitCode: 1, message: 'no HTTP answer came of this request', talk: [] }
  }
}

/** In the C locale, which a container has, libidn2 cannot convert a name that is not ASCII, and curl rejects the URL (measured: 7.88.1). */
function nameFailure(
  { name, error, afterMs }: Extract<Result, { kind: 'name-failed' }>,
  options: CurlOptions,
): CurlFailure {
  if (error === 'illegal' && !isAscii(name))
    return { exitCode: 3, message: 'URL using bad/illegal format or missing URL', talk: [] }
  const limit = options.maxTimeMs ?? options.connectTimeoutMs
  if (limit !== undefined && afterMs >= limit) {
    const message = `Resolving timed out after ${Math.round(afterMs)} milliseconds`
    return { exitCode: 28, message, talk: [message] }
  }
  const message = `Could not resolve host: ${name}`
  return { exitCode: 6, message, talk: [message] }
}

function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text)
}

function connectFailure(
  result: Extract<Result, { kind: 'connect-failed' }>,
  url: Url,
  options: CurlOptions,
): CurlFailure {
  const { address, port, error } = result
  const ms = Math.round(result.afterMs)
  const failed = (why: string) => `Failed to connect to ${url.host} port ${url.port} after ${ms} ms: ${why}`
  switch (error) {
    case 'refused':
    case 'unreachable': {
      const reason = error === 'refused' ? 'Connection refused' : 'No route to host'
      const message = failed("Couldn't connect to server")
      return { exitCode: 7, message, talk: [`connect to ${address} port ${port} failed: ${reason}`, message] }
    }
    case 'timed-out':
      return timeout(ms, failed, address, port, options)
    case 'unknown':
      return plain(7, failed("Couldn't connect to server"))
    case 'reset':
      return plain(56, 'Recv failure: Connection reset by peer')
    case 'empty-reply':
      return plain(52, 'Empty reply from server')
  }
}

/** What curl says when a handshake fails; for a certificate four lines of advice follow (src/tool_operate.c). */
function tlsFailure({ error, tls, address }: Extract<Result, { kind: 'tls-failed' }>): CurlFailure {
  switch (error) {
    case 'wrong-version':
      return plain(35, `OpenSSL/${OPENSSL}: error:0A00010B:SSL routines::wrong version number`)
    case 'name': {
      const name = tls?.hello.serverName ?? address
      const match = tls?.hostMatch
      const own = match?.kind === 'mismatch' && match.by === 'common-name' ? match.names[0] : undefined
      return refused(
        own === undefined
          ? `SSL: no alternative certificate subject name matches target host name '${name}'`
          : `SSL: certificate subject name '${own}' does not match target host name '${name}'`,
      )
    }
    case 'chain': {
      const why = tls?.chainVerdict.kind === 'refused' ? tls.chainVerdict.text : ''
      return refused(`SSL certificate problem: ${why}`)
    }
  }
}

function refused(message: string): CurlFailure {
  return { ...plain(60, message), advice }
}

const advice = `More details here: https://curl.se/docs/sslcerts.html

curl failed to verify the legitimacy of the server and therefore could not
establish a secure connection to it. To learn more about this situation and
how to fix it, please visit the web page mentioned above.
`

const OPENSSL = '3.0.22'

/** `-m` runs out, then `--connect-timeout`, then the kernel's patience with an unanswered SYN. */
function timeout(
  ms: number,
  failed: (why: string) => string,
  address: string,
  port: number,
  options: CurlOptions,
): CurlFailure {
  const connectLimit = options.connectTimeoutMs ?? Infinity
  if (options.maxTimeMs !== undefined && options.maxTimeMs <= connectLimit) {
    return plain(28, `Connection timed out after ${ms} milliseconds`)
  }
  if (options.connectTimeoutMs !== undefined) return plain(28, failed('Timeout was reached'))
  const message = failed("Couldn't connect to server")
  const talk = [`connect to ${address} port ${port} failed: Connection timed out`, message]
  return { exitCode: 28, message, talk }
}

function plain(exitCode: number, message: string): CurlFailure {
  return { exitCode, message, talk: [message] }
}
