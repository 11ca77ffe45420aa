/** Reads what a person typed into the request bar: `http://nginx/`, `tcp://host:port`, `ping host`, `dig name`, `nslookup name`. */
import { phrase, type Phrase } from '../phrase.ts'
import { parseLookup, type LookupTarget } from './parse-lookup.ts'

export type Target =
  | {
      readonly kind: 'http'
      readonly scheme: 'http' | 'https'
      readonly host: string
      readonly port: number
      /** The Host header: with the port where it is not the scheme's own. */
      readonly authority: string
      /** Path and query, `/` at least. */
      readonly path: string
    }
  | { readonly kind: 'tcp' | 'udp' | 'sctp'; readonly host: string; readonly port: number }
  | { readonly kind: 'ping'; readonly host: string }
  | LookupTarget

export type ParsedRequest =
  | { readonly kind: 'target'; readonly target: Target }
  | { readonly kind: 'problem'; readonly problem: Phrase }

const schemePorts = { http: 80, https: 443 } as const

/** Reads a request line. A bare `nginx` or `nginx:8080/x` is `http://`, as curl reads it. */
export function parseRequest(text: string): ParsedRequest {
  const line = text.trim()
  if (line === '') return problem('request.empty')
  const words = line.split(/\s+/)
  const [verb, ...rest] = words
  if (verb === 'ping') return pingTarget(rest)
  const lookup = parseLookup(words)
  if (lookup === 'no-name') return problem('request.host-missing')
  if (lookup !== undefined) return { kind: 'target', target: lookup }
  if (verb === 'curl' || verb === 'wget')
    return parseRequest(rest.find((word) => !word.startsWith('-')) ?? '')
  if (words.length > 1) return problem('request.blank-inside', { text: line })
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(line)
  const name = scheme?.[1]?.toLowerCase() ?? 'http'
  const afterScheme = scheme === null ? line : line.slice(scheme[0].length)
  switch (name) {
    case 'http':
    case 'https':
      return httpTarget(name, afterScheme)
    case 'tcp':
    case 'udp':
    case 'sctp':
      return portTarget(name, afterScheme)
    default:
      return problem('request.unknown-scheme', { scheme: name })
  }
}

function httpTarget(scheme: 'http' | 'https', text: string): ParsedRequest {
  const cut = text.search(/[/?#]/)
  const authority = (cut < 0 ? text : text.slice(0, cut)).replace(/^[^@]*@/, '')
  const afterAuthority = cut < 0 ? '' : text.slice(cut).replace(/#.*$/, '')
  const path = afterAuthority.startsWith('/') ? afterAuthority : `/${afterAuthority}`
  const parts = hostAndPort(authority)
  if (parts.kind === 'problem') return parts
  const port = parts.port ?? schemePorts[scheme]
  return {
    kind: 'target',
    target: {
      kind: 'http',
      scheme,
      host: parts.host,
      port,
      authority: port === schemePorts[scheme] ? authority.replace(/:\d*$/, '') : authority,
      path,
    },
  }
}

function portTarget(kind: 'tcp' | 'udp' | 'sctp', text: string): ParsedRequest {
  const parts = hostAndPort(text.replace(/\/.*$/, ''))
  if (parts.kind === 'problem') return parts
  if (parts.port === undefined) return problem('request.port-missing', { scheme: kind })
  return { kind: 'target', target: { kind, host: parts.host, port: parts.port } }
}

function pingTarget(words: readonly string[]): ParsedRequest {
  const host = words.find(
    (word, index) => !word.startsWith('-') && !/^-[cWwis]$/.test(words[index - 1] ?? ''),
  )
  return host === undefined
    ? problem('request.host-missing')
    : { kind: 'target', target: { kind: 'ping', host } }
}

type HostAndPort =
  | { readonly kind: 'parts'; readonly host: string; readonly port: number | undefined }
  | { readonly kind: 'problem'; readonly problem: Phrase }

function hostAndPort(authority: string): HostAndPort {
  const match = /^(?:\[([^\]]*)\]|([^:]*))(?::(.*))?$/.exec(authority)
  const host = match?.[1] ?? match?.[2] ?? ''
  if (match === null) return problem('request.bad-host', { host: authority })
  if (host === '') return problem('request.host-missing')
  if (/[\s<>"'`\\^{}|]/.test(host)) return problem('request.bad-host', { host })
  const portText = match[3]
  if (portText === undefined || portText === '') return { kind: 'parts', host, port: undefined }
  const port = Number(portText)
  if (!/^\d+$/.test(portText) || port < 1 || port > 65535)
    return problem('request.bad-port', { port: portText })
  return { kind: 'parts', host, port }
}

function problem(
  id: Phrase['id'],
  values: Phrase['values'] = {},
): { readonly kind: 'problem'; readonly problem: Phrase } {
  return { kind: 'problem', problem: phrase(id, values) }
}
