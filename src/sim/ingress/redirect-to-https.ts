/**
 * Whether a location sends plain http away to https, and where to.
 * Models redirect_to_https and rewrite (ingress-nginx rootfs/etc/nginx/lua/lua_ingress.lua).
 */
import type { ControllerConfig } from './controller-config.ts'
import type { Location } from './virtual-server.ts'

/** `entry` is the server whose `tls` section put a certificate into the table. */
export type HttpsRedirect =
  | { readonly because: 'force-ssl-redirect'; readonly url: string }
  | { readonly because: 'ssl-redirect'; readonly entry: string; readonly url: string }

/** The client's side of the request, with X-Forwarded headers applied where the controller believes them. */
export interface RedirectRequest {
  readonly scheme: string
  /** Host header. */
  readonly host: string
  /** Request target as sent. */
  readonly target: string
}

/**
 * The redirect, or undefined. `ssl-redirect` needs a certificate entry for the Host's name, or for it with its first label replaced
 * by `*`, whichever Ingress brought it.
 */
export function redirectToHttps(
  config: ControllerConfig,
  location: Location,
  request: RedirectRequest,
): HttpsRedirect | undefined {
  const { annotations, path } = location
  if (request.scheme !== 'http') return undefined
  if (config.settings.noTlsRedirectLocations.some((each) => path.startsWith(each))) return undefined
  const host = request.host.replace(/:.*$/, '')
  const port = annotations.usePortInRedirects ? `:${config.settings.httpsPort}` : ''
  const target = annotations.preserveTrailingSlash ? request.target : request.target.replace(/\/$/, '')
  const url = `https://${host}${port}${target}`
  if (annotations.forceSslRedirect) return { because: 'force-ssl-redirect', url }
  const entry = annotations.sslRedirect ? certificateEntry(config, host) : undefined
  return entry === undefined ? undefined : { because: 'ssl-redirect', entry, url }
}

/** The table holds a server's host name and its aliases. */
function certificateEntry(config: ControllerConfig, host: string): string | undefined {
  const names = config.servers
    .filter(({ certificate }) => certificate !== undefined)
    .flatMap(({ hostname, aliases }) => [hostname, ...aliases])
  const name = host.toLowerCase()
  return [name, name.replace(/^[^.]+/, '*')].find((each) => names.includes(each))
}
