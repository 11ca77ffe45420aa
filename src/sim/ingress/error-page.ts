/**
 * What nginx itself answers: its pages with CRLF, and its headers in their order.
 * Models ngx_http_special_response.c (nginx 1.27.1); ingress-nginx clears the Server header (rootfs/etc/nginx/template/nginx.tmpl).
 */

/** An answer written by the controller's nginx. The caller says who sent it. */
export interface OwnResponse {
  readonly status: number
  readonly reason: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
}

/** What may follow the standing headers, in this order. */
export interface OwnResponseOptions {
  /** The `Date` header. */
  readonly date: string
  readonly location?: string
  /** Value of `Strict-Transport-Security`. */
  readonly hsts?: string
}

/** Statuses that nginx answers with a page. */
export type OwnStatus = RedirectStatus | 400 | 403 | 404 | 413 | 500 | 502 | 503 | 504

/** Statuses that nginx answers with a Location. */
export type RedirectStatus = (typeof redirectStatuses)[number]

const redirectStatuses = [301, 302, 303, 307, 308] as const

/** The code where nginx sends a Location with it, else the other one. */
export function redirectStatus(code: number, otherwise: RedirectStatus): RedirectStatus {
  return redirectStatuses.find((status) => status === code) ?? otherwise
}

/** The page's text is the reason phrase, but for 302. */
const reasons: Readonly<Record<OwnStatus, string>> = {
  301: 'Moved Permanently',
  302: 'Moved Temporarily',
  303: 'See Other',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  413: 'Request Entity Too Large',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
}

/** After these nginx closes the connection (ngx_http_special_response_handler). */
const closing: readonly number[] = [400, 413, 500]

/** nginx's answer with its own page. */
export function ownResponse(status: OwnStatus, options: OwnResponseOptions): OwnResponse {
  return pageResponse(status, errorPage(status), options)
}

/** `return 200;` without a text, as `/healthz` has it. */
export function emptyResponse(options: OwnResponseOptions): OwnResponse {
  return { ...standingHeaders(200, '', options), status: 200, reason: 'OK', body: '' }
}

/** nginx's answer to plain http on a TLS port: its status 497, sent as 400. */
export function plainHttpToHttpsResponse(options: OwnResponseOptions): OwnResponse {
  const text = 'The plain HTTP request was sent to HTTPS port'
  return pageResponse(400, page(`400 ${text}`, '400 Bad Request', [`<center>${text}</center>`]), options)
}

/** The page of a status. */
export function errorPage(status: OwnStatus): string {
  const title = `${status} ${status === 302 ? 'Found' : reasons[status]}`
  return page(title, title, [])
}

function page(title: string, heading: string, more: readonly string[]): string {
  const lines = [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body>',
    `<center><h1>${heading}</h1></center>`,
    ...more,
    '<hr><center>nginx</center>',
    '</body>',
    '</html>',
  ]
  return lines.map((line) => `${line}\r\n`).join('')
}

function pageResponse(status: OwnStatus, body: string, options: OwnResponseOptions): OwnResponse {
  return { ...standingHeaders(status, body, options), status, reason: reasons[status], body }
}

/** The pages are ASCII, so their length in characters is that in bytes. */
function standingHeaders(
  status: number,
  body: string,
  { date, location, hsts }: OwnResponseOptions,
): Pick<OwnResponse, 'headers'> {
  const after: [string, string][] = []
  if (location !== undefined) after.push(['Location', location])
  if (hsts !== undefined) after.push(['Strict-Transport-Security', hsts])
  return {
    headers: [
      ['Date', date],
      ['Content-Type', 'text/html'],
      ['Content-Length', String(body.length)],
      ['Connection', closing.includes(status) ? 'close' : 'keep-alive'],
      ...after,
    ],
  }
}
