/** The fields of `-w` for one transfer. */
import type { HttpResponse, Trace } from '../../sim/trace/trace.ts'
import { utf8Length } from '../utf8-length.ts'
import { printUrl } from '../url.ts'
import type { CurlRequest } from './curl-talk.ts'
import type { WriteOutFields } from './write-out.ts'

/** What curl knows after a transfer; without an answer the code is 000 and the sizes 0. */
export function writeOutFields(
  { options, url }: CurlRequest,
  trace: Trace,
  redirects: number,
): WriteOutFields {
  const { result } = trace
  const answer = result.kind === 'http' ? result : undefined
  const code = String(answer?.response.status ?? 0).padStart(3, '0')
  return {
    http_code: code,
    response_code: code,
    remote_ip: answer?.address ?? '',
    remote_port: String(answer?.port ?? 0),
    num_redirects: String(redirects),
    url_effective: printUrl(url),
    url: printUrl(url),
    method: options.method,
    scheme: url.scheme.toUpperCase(),
    http_version: answer === undefined ? '0' : answer.response.version === 'HTTP/2' ? '2' : '1.1',
    content_type: answer === undefined ? '' : (headerOf(answer.response, 'content-type') ?? ''),
    size_download: String(answer === undefined || options.headOnly ? 0 : utf8Length(answer.response.body)),
    time_total: ((trace.endedAtMs - trace.startedAtMs) / 1000).toFixed(6),
    ssl_verify_result: String(verifyResult(result)),
  }
}

function verifyResult(result: Trace['result']): number {
  const tls = result.kind === 'http' || result.kind === 'tls-failed' ? result.tls : undefined
  return tls?.chainVerdict.kind === 'refused' ? tls.chainVerdict.code : 0
}

/** A response's header, by its name in any letters. */
export function headerOf(response: HttpResponse, name: string): string | undefined {
  return response.headers.find(([header]) => header.toLowerCase() === name)?.[1]
}
