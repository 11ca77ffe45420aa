/**
 * The path by which nginx matches: decoded, `//` merged, `.` and `..` resolved.
 * Models ngx_http_parse_complex_uri (nginx 1.27.1 src/http/ngx_http_parse.c) with `merge_slashes on`.
 */
import { byteText } from './byte-text.ts'

/** `path` holds bytes, one character each; `query` is as sent, without `?`; absent without `?`. */
export type NormalisedUri =
  | { readonly ok: true; readonly path: string; readonly query?: string }
  /** nginx answers 400. */
  | {
      readonly ok: false
      readonly why: 'no-absolute-path' | 'above-root' | 'bad-escape' | 'control-character'
    }

/** ASCII letters and marks, no escape, no `//`, no part `.` or `..`: nothing to do. */
const plainTarget =
  /^(\/|(?:\/(?!\.{1,2}(?:[/?]|$))[\w.~!$&'()*+,;=:@-]+)+\/?)(?:\?([\w.~!$&'()*+,;=:@/?%-]*))?$/

/** Normalises a request target, `/a/../b%20c?d=e`. */
export function normaliseUri(target: string): NormalisedUri {
  // Most targets are a plain path already.
  const plain = plainTarget.exec(target)
  if (plain?.[1] !== undefined)
    return { ok: true, path: plain[1], ...(plain[2] !== undefined && { query: plain[2] }) }
  if (!target.startsWith('/')) return { ok: false, why: 'no-absolute-path' }
  // A blank would end the target, a control character the request.
  if (/[\0-\x20\x7f]/.test(target)) return { ok: false, why: 'control-character' }
  const [, rawPath = '', query] = /^([^?#]*)(?:\?([^#]*))?/.exec(target) ?? []
  const decoded = decode(byteText(rawPath))
  if (decoded === undefined) return { ok: false, why: 'bad-escape' }
  const path = resolveDots(decoded)
  if (path === undefined) return { ok: false, why: 'above-root' }
  return { ok: true, path, ...(query !== undefined && { query }) }
}

function decode(bytes: string): string | undefined {
  if (/%(?![0-9a-fA-F]{2})|%00/.test(bytes)) return undefined
  return bytes.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

function resolveDots(path: string): string | undefined {
  const parts = path.split('/').slice(1)
  const kept: string[] = []
  for (const part of parts) {
    if (part === '..') {
      if (kept.pop() === undefined) return undefined
    } else if (part !== '.' && part !== '') kept.push(part)
  }
  const last = parts.at(-1) ?? ''
  const isFolder = last === '' || last === '.' || last === '..'
  return `/${kept.join('/')}${isFolder && kept.length > 0 ? '/' : ''}`
}
