/**
 * Affinity by cookie: what an Ingress asks for, the cookie that nginx sets, and what it reads from one.
 * Models internal/ingress/annotations/sessionaffinity/main.go, getBackendServers (internal/ingress/controller/controller.go),
 * rootfs/etc/nginx/lua/balancer/sticky.lua of ingress-nginx, and the bake of lua-resty-cookie. Left out:
 * `session-cookie-conditional-samesite-none`.
 */
import { md5 } from '@noble/hashes/legacy.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Millis } from '../clock.ts'
import type { Ingress } from '../cluster/objects.ts'
import { annotationOf } from './location-annotations.ts'
import { parseGoBool } from './parse-go-bool.ts'
import { readCookie } from './request-header.ts'
import type { Headers } from './request-header.ts'

/** Affinity as an upstream has it. Absent texts: not given. */
export interface SessionAffinity {
  /** `balanced` hashes the cookie's key over the members, `persistent` looks it up. */
  readonly mode: 'balanced' | 'persistent'
  readonly name: string
  readonly path?: string
  readonly domain?: string
  /** Seconds from now. */
  readonly expires?: string
  readonly maxAge?: string
  readonly sameSite?: string
  /** `false` is the same as unset: then https decides. */
  readonly secure: boolean
  readonly changeOnFailure: boolean
  /** The paths of the Ingresses that ask for it, by host; only there is the cookie set. */
  readonly locations: ReadonlyMap<string, readonly string[]>
}

/** Whether an Ingress asks for affinity. */
export function wantsAffinity(ingress: Ingress): boolean {
  return annotationOf(ingress, 'affinity') === 'cookie'
}

/**
 * Adds what one path of an Ingress with affinity asks for. All paths of an upstream share its affinity: the first fixes the mode, the
 * last all the rest, and each adds its place.
 * @param hosts of the server: its host and its aliases
 */
export function addAffinity(
  before: SessionAffinity | undefined,
  ingress: Ingress,
  hosts: readonly string[],
  path: string,
): SessionAffinity {
  const text = (name: string, allowed: RegExp) => {
    const value = annotationOf(ingress, `session-cookie-${name}`)
    return value !== undefined && allowed.test(value) ? value : undefined
  }
  const mode = annotationOf(ingress, 'affinity-mode') === 'persistent' ? 'persistent' : 'balanced'
  const optional = {
    path: text('path', /^\/./),
    domain: text('domain', /^[A-Za-z0-9._-]+$/),
    expires: text('expires', /^-?\d+$/),
    maxAge: text('max-age', /^-?\d+$/),
    sameSite: text('samesite', /^(None|Lax|Strict)$/i),
  }
  const locations = new Map(before?.locations)
  for (const host of hosts) locations.set(host, [...(locations.get(host) ?? []), path])
  return {
    mode: before?.mode ?? mode,
    name: text('name', /^[A-Za-z0-9_-]+$/) ?? 'INGRESSCOOKIE',
    ...withoutAbsent(optional),
    secure: parseGoBool(annotationOf(ingress, 'session-cookie-secure')) === true,
    changeOnFailure: parseGoBool(annotationOf(ingress, 'session-cookie-change-on-failure')) === true,
    locations,
  }
}

function withoutAbsent(
  texts: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )
}

/** What follows the `|` of a cookie: which upstream it belongs to (sticky.lua sync). */
export function backendKey(upstream: string): string {
  return md5Hex(`${md5Hex(upstream)}${upstream}`)
}

/** MD5 as lower-case hex (`ngx.md5`). */
export function md5Hex(text: string): string {
  return bytesToHex(md5(utf8ToBytes(text)))
}

/** The key in the request's cookie, and whether the cookie belongs to this upstream; undefined without the cookie. */
export function readAffinityCookie(
  { name }: SessionAffinity,
  headers: Headers,
  upstream: string,
): { readonly key: string; readonly isOwn: boolean } | undefined {
  const value = readCookie(headers, name)
  if (value === undefined) return undefined
  const [key = '', belongsTo] = value.split('|')
  return { key, isOwn: belongsTo === backendKey(upstream) }
}

/** Whether the location asks for the cookie (should_set_cookie): it, or the wildcard of its host, is on the list. */
export function setsCookie(affinity: SessionAffinity, host: string, path: string): boolean {
  const paths = affinity.locations.get(host) ?? affinity.locations.get(host.replace(/^[^.]+\./, '*.'))
  return paths?.includes(path) ?? false
}

/** The value of `Set-Cookie`. @param path the location's, as the Ingress has it */
export function printCookie(
  affinity: SessionAffinity,
  made: { readonly key: string; readonly upstream: string; readonly path: string },
  isHttps: boolean,
  atMs: Millis,
): string {
  const expires = affinity.expires && cookieTime(atMs + Number(affinity.expires) * 1000)
  const parts: readonly (string | false | undefined)[] = [
    `${affinity.name}=${made.key}|${backendKey(made.upstream)}`,
    expires && `Expires=${expires}`,
    affinity.maxAge && `Max-Age=${affinity.maxAge}`,
    affinity.domain && `Domain=${affinity.domain}`,
    `Path=${affinity.path ?? made.path}`,
    (affinity.secure || isHttps) && 'Secure',
    'HttpOnly',
    affinity.sameSite && `SameSite=${affinity.sameSite}`,
  ]
  return parts.filter((part) => part !== undefined && part !== false && part !== '').join('; ')
}

/** `Thu, 18-Nov-27 11:27:35 GMT`; after 2037 with four digits (ngx_http_cookie_time). */
function cookieTime(atMs: Millis): string {
  const date = new Date(atMs)
  const [weekday, day, month, year = '', time] = date.toUTCString().split(' ')
  const shown = Number(year) > 2037 ? year : year.slice(-2)
  return `${weekday} ${day}-${month}-${shown} ${time} GMT`
}
