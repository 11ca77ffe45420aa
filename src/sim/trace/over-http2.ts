/** Requests and responses as HTTP/2 has them (RFC 9113 §8): names in lower case, nothing about the connection. */
import type { HttpRequest, HttpResponse } from './trace.ts'

type Headers = HttpRequest['headers']

/** Host stays as it is: it stands for `:authority`. */
export function requestOverHttp2(request: HttpRequest): HttpRequest {
  const isHost = (name: string) => name.toLowerCase() === 'host'
  const headers = withoutConnection(request.headers).map(([name, value]) =>
    isHost(name) ? ([name, value] as const) : ([name.toLowerCase(), value] as const),
  )
  return { ...request, headers, version: 'HTTP/2' }
}

/** There is no reason phrase on the wire; it stays for people. */
export function responseOverHttp2(response: HttpResponse): HttpResponse {
  const headers = withoutConnection(response.headers).map(
    ([name, value]) => [name.toLowerCase(), value] as const,
  )
  return { ...response, headers, version: 'HTTP/2' }
}

function withoutConnection(headers: Headers): Headers {
  return headers.filter(([name]) => !['connection', 'keep-alive'].includes(name.toLowerCase()))
}
