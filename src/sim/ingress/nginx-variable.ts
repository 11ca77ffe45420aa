/** nginx's variables as far as `upstream-hash-by` uses them (ngx_http_variables.c; util.lua parse_complex_value of ingress-nginx). */
import { byteText } from './byte-text.ts'
import type { LocatedRequest } from './located-request.ts'
import { clientSide } from './proxied-request.ts'
import { readCookie, readHeader } from './request-header.ts'

/** The text with its `$name` and `${name}` filled in, bytes as characters; undefined where it names a variable beyond this model. */
export function fillVariables(text: string, located: LocatedRequest): string | undefined {
  let known = true
  const filled = text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (_, braced?: string, bare?: string) => {
    const value = valueOf(braced ?? bare ?? '', located)
    known &&= value !== undefined
    return value ?? ''
  })
  return known ? byteText(filled) : undefined
}

function valueOf(name: string, { request, uri, host, config }: LocatedRequest): string | undefined {
  const { headers, target, scheme, method } = request
  const prefixed = /^(http|cookie|arg)_(\w+)$/.exec(name)
  switch (name) {
    case 'request_uri':
      return target
    case 'uri':
      return uri.path
    case 'host':
      return host
    case 'http_host':
      return request.host
    case 'remote_addr':
      return clientSide(request, config.settings).address
    case 'binary_remote_addr':
      return binaryAddress(clientSide(request, config.settings).address)
    case 'scheme':
      return scheme
    case 'request_method':
      return method
    case 'args':
    case 'query_string':
      return uri.query ?? ''
  }
  const [, kind, rest = ''] = prefixed ?? []
  if (kind === 'http') return readHeader(headers, rest) ?? ''
  if (kind === 'cookie') return readCookie(headers, rest) ?? ''
  return kind === 'arg' ? argument(uri.query ?? '', rest) : undefined
}

/** The four bytes of an IPv4 address; undefined for IPv6. */
function binaryAddress(address: string): string | undefined {
  const parts = address.split('.')
  return parts.length === 4 ? String.fromCharCode(...parts.map(Number)) : undefined
}

function argument(query: string, name: string): string {
  const pair = query.split('&').find((each) => each.toLowerCase().startsWith(`${name.toLowerCase()}=`))
  return pair?.slice(name.length + 1) ?? ''
}
