/** The request that curl writes: its lines in its order, headers as typed (curl 7.88, lib/http.c, Curl_http). */
import { hostHeader, type Url } from '../url.ts'
import { utf8Length } from '../utf8-length.ts'
import type { CurlOptions } from './curl-options.ts'

/** One header: as it stands on the wire, and as name and value. */
export interface HeaderLine {
  readonly text: string
  readonly name: string
  readonly value: string
}

/** The headers in order: Host, User-Agent, Accept, those typed, those of a body. A header typed replaces curl's own, Host in its place. */
export function curlHeaders(options: CurlOptions, url: Url, version: string): readonly HeaderLine[] {
  const typed = options.headers.flatMap(readHeader)
  const isTyped = (name: string) => typed.some((header) => header.name.toLowerCase() === name.toLowerCase())
  const typedHost = typed.find((header) => header.name.toLowerCase() === 'host')
  const own = [header('User-Agent', options.userAgent ?? `curl/${version}`), header('Accept', '*/*')].filter(
    (line) => !isTyped(line.name),
  )
  const body = options.body === undefined ? [] : bodyHeaders(options.body)
  return [
    typedHost ?? header('Host', hostHeader(url)),
    ...own,
    ...typed.filter((line) => line !== typedHost && line.value !== ''),
    ...body.filter((line) => !isTyped(line.name)),
  ]
}

function bodyHeaders(body: string): readonly HeaderLine[] {
  return [
    header('Content-Length', String(utf8Length(body))),
    header('Content-Type', 'application/x-www-form-urlencoded'),
  ]
}

function header(name: string, value: string): HeaderLine {
  return { text: `${name}: ${value}`, name, value }
}

/** `Name: value` as typed; `Name;` sends an empty value, `Name:` takes the header away. */
function readHeader(text: string): readonly HeaderLine[] {
  const colon = text.indexOf(':')
  if (colon > 0) return [{ text, name: text.slice(0, colon), value: text.slice(colon + 1).trim() }]
  return text.endsWith(';') ? [{ text: `${text.slice(0, -1)}:`, name: text.slice(0, -1), value: '' }] : []
}
