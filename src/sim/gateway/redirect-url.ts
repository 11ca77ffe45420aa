/** The Location of a RequestRedirect (apis/v1 HTTPRequestRedirectFilter). */
import type { HttpRouteFilter, PathMatch } from '../cluster/gateway-objects.ts'
import { changePath } from './apply-filters.ts'

/** The request that is sent elsewhere. `host` is without port; `port` is the listener's. */
export interface RedirectedRequest {
  readonly scheme: 'http' | 'https'
  readonly host: string
  readonly port: number
  readonly target: string
}

type Redirect = Extract<HttpRouteFilter, { kind: 'RequestRedirect' }>

/**
 * What the filter does not give is the request's own. The port: that of the filter, else the scheme's where the filter gives one, else
 * the listener's; 80 of http and 443 of https are left out.
 */
export function redirectUrl(filter: Redirect, request: RedirectedRequest, match: PathMatch): string {
  const scheme = filter.scheme ?? request.scheme
  const own = scheme === 'https' ? 443 : 80
  const port = filter.port ?? (filter.scheme === undefined ? request.port : own)
  const [path = '', query] = request.target.split(/\?(.*)/s)
  const changed = filter.path === undefined ? path : changePath(path, filter.path, match)
  return `${scheme}://${filter.hostname ?? request.host}${port === own ? '' : `:${port}`}${changed}${
    query === undefined ? '' : `?${query}`
  }`
}
