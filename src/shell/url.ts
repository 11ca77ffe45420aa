/** The parts of a URL that programs print and send (RFC 3986; as curl and wget read it: a scheme may be left out). */

export interface Url {
  readonly scheme: string
  readonly host: string
  readonly port: number
  /** `:81` was typed, so it is part of Host and of what is printed. */
  readonly portGiven: boolean
  /** Path and query, at least `/`. */
  readonly target: string
}

const defaultPorts: Readonly<Record<string, number>> = { http: 80, https: 443 }

/** Reads a URL. `malformed`: no host, a blank, a port out of range; `scheme`: another scheme than http and https. */
export function readUrl(
  text: string,
):
  | { readonly ok: true; readonly url: Url }
  | { readonly ok: false; readonly problem: 'malformed' }
  | { readonly ok: false; readonly problem: 'scheme'; readonly scheme: string } {
  const match =
    /^(?:([A-Za-z][A-Za-z0-9+.-]*):\/\/)?(?:[^/?#@]*@)?(\[[0-9A-Fa-f:.]+\]|[^/?#:]*)(?::(\d*))?([/?#].*)?$/.exec(
      text,
    )
  if (match === null || /[\s\p{Cc}]/u.test(text)) return { ok: false, problem: 'malformed' }
  const scheme = (match[1] ?? 'http').toLowerCase()
  const defaultPort = defaultPorts[scheme]
  if (defaultPort === undefined) return { ok: false, problem: 'scheme', scheme }
  const host = (match[2] ?? '').replace(/^\[|\]$/g, '')
  const portGiven = match[3] !== undefined && match[3] !== ''
  const port = portGiven ? Number(match[3]) : defaultPort
  if (host === '' || port < 1 || port > 65535) return { ok: false, problem: 'malformed' }
  const rest = (match[4] ?? '').replace(/#.*$/s, '')
  return {
    ok: true,
    url: { scheme, host, port, portGiven, target: rest.startsWith('/') ? rest : `/${rest}` },
  }
}

/** The URL in full, as programs print it: with a path, with the port if it was typed. */
export function printUrl(url: Url): string {
  return `${url.scheme}://${hostHeader(url)}${url.target}`
}

/** What stands in the Host header: the name, and the port where it is not the scheme's own. */
export function hostHeader(url: Url): string {
  const host = url.host.includes(':') ? `[${url.host}]` : url.host
  return url.port === defaultPorts[url.scheme] ? host : `${host}:${url.port}`
}

/** Whether a name is an address already, which nobody looks up. */
export function isAddress(host: string): boolean {
  return /^\d+\.\d+\.\d+\.\d+$/.test(host) || host.includes(':')
}

/** A Location header against the URL that sent it. */
export function resolveLocation(location: string, base: Url): string {
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(location)) return location
  if (location.startsWith('//')) return `${base.scheme}:${location}`
  const origin = `${base.scheme}://${hostHeader(base)}`
  if (location.startsWith('/')) return origin + location
  const directory = base.target.replace(/\?.*$/s, '').replace(/[^/]*$/, '')
  return `${origin}${directory}${location}`
}
