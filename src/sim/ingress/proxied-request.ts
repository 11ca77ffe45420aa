/**
 * The request that nginx writes to the Pod: request line and headers.
 * Models the proxy_set_header lines of ingress-nginx's rootfs/etc/nginx/template/nginx.tmpl and ngx_http_proxy_create_request (nginx
 * src/http/modules/ngx_http_proxy_module.c): first the headers set in nginx.conf, empty ones left out, then the client's others.
 */
import { ipVersion, parseIp } from '../network/address.ts'
import type { IpAddress } from '../network/address.ts'
import type { ControllerSettings } from './controller-settings.ts'
import type { RouteRequest } from './incoming-request.ts'
import type { Headers } from './request-header.ts'
import type { Location } from './virtual-server.ts'

/** HTTP/1.1, header names as sent, in order. */
export interface ProxiedRequest {
  readonly method: string
  readonly target: string
  readonly headers: Headers
  readonly body?: string
}

/** What nginx takes to be the client's side, after PROXY protocol and X-Forwarded headers where it believes them. */
export interface ClientSide {
  readonly address: string
  /** `$best_http_host`. */
  readonly host: string
  readonly scheme: string
  readonly port: string
}

/** Reads the client's side. By default nothing that the client says is believed. */
export function clientSide(request: RouteRequest, settings: ControllerSettings): ClientSide {
  const proxied = settings.useProxyProtocol ? request.proxyProtocol : undefined
  const own: ClientSide = {
    address: proxied?.source ?? request.clientAddress,
    host: request.host,
    scheme: proxied?.port === 443 ? 'https' : request.scheme,
    port: String(proxied?.port ?? (request.scheme === 'https' ? 443 : settings.httpPort)),
  }
  const told = forwardedAddress(request.headers)
  const address = settings.useForwardedHeaders || settings.enableRealIp ? (told ?? own.address) : own.address
  if (!settings.useForwardedHeaders) return { ...own, address }
  return {
    address,
    host: header(request.headers, 'X-Forwarded-Host').split(',').at(-1)?.trim() || own.host,
    scheme: header(request.headers, 'X-Forwarded-Proto') || own.scheme,
    port: header(request.headers, 'X-Forwarded-Port') || own.port,
  }
}

/**
 * Builds the request.
 * @param target request target for the Pod: as sent, or rewritten
 * @param requestId used where the client sends no X-Request-ID
 */
export function proxiedRequest(
  request: RouteRequest,
  location: Location,
  settings: ControllerSettings,
  made: { readonly target: string; readonly requestId: string },
): ProxiedRequest {
  const client = clientSide(request, settings)
  const set = setHeaders(request, location, settings, client, made.requestId)
  const { body, method } = request
  // nginx replaces these itself, whatever nginx.conf says (ngx_http_proxy_headers).
  const own = ['content-length', 'transfer-encoding', 'te', 'keep-alive', 'expect', 'upgrade']
  const replaced = new Set([...own, ...set.map(([name]) => name.toLowerCase())])
  const length = header(request.headers, 'Content-Length')
  const headers = [
    ...set.filter(([, value]) => value !== ''),
    ...(length === '' ? [] : [['Content-Length', length] as const]),
    ...request.headers.filter(([name]) => !replaced.has(name.toLowerCase())),
  ]
  return { method, target: made.target, headers, ...(body !== undefined && { body }) }
}

/** In the order of nginx.conf; empty values are not sent but still take the client's header away. */
function setHeaders(
  request: RouteRequest,
  location: Location,
  settings: ControllerSettings,
  client: ClientSide,
  requestId: string,
): Headers {
  const sent = (name: string) => header(request.headers, name)
  const { upstreamVhost, xForwardedPrefix, rewriteTarget } = location.annotations
  const forwardedFor = settings.computeFullForwardedFor ? sent('X-Forwarded-For') : ''
  const full = forwardedFor === '' ? client.address : `${forwardedFor}, ${request.clientAddress}`
  const rewrites = rewriteTarget !== undefined && rewriteTarget !== location.path
  return [
    ['Host', upstreamVhost ?? client.host],
    ['Upgrade', sent('Upgrade')],
    ['Connection', sent('Upgrade') === '' ? '' : 'upgrade'],
    ['X-Request-ID', sent('X-Request-ID') || requestId],
    ['X-Real-IP', client.address],
    ['X-Forwarded-For', full],
    ['X-Forwarded-Host', client.host],
    ['X-Forwarded-Port', client.port],
    ['X-Forwarded-Proto', client.scheme],
    ['X-Forwarded-Scheme', client.scheme],
    ['X-Scheme', client.scheme],
    ['X-Original-Forwarded-For', sent('X-Forwarded-For')],
    ['X-Original-Forwarded-Host', sent('X-Forwarded-Host')],
    ['Proxy', ''],
    ...(rewrites && xForwardedPrefix !== undefined
      ? [['X-Forwarded-Prefix', xForwardedPrefix] as const]
      : []),
  ]
}

/** The value of a header, names without regard to case; `''` where it is absent. */
function header(headers: Headers, name: string): string {
  return headers.find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1] ?? ''
}

/** The leftmost address of X-Forwarded-For: every proxy is trusted by default (`proxy-real-ip-cidr` 0.0.0.0/0, recursive). */
function forwardedAddress(headers: Headers): IpAddress | undefined {
  const first = header(headers, 'X-Forwarded-For').split(',')[0]?.trim() ?? ''
  const address = parseIp(first)
  return address !== undefined && ipVersion(address) === 4 ? address : undefined
}
