/** The name by which nginx chooses a server. Models ngx_http_validate_host (nginx 1.27.1 src/http/ngx_http_request.c). */

export type HostName =
  | { readonly ok: true; /** Lower case, without port and final dot. */ readonly name: string }
  /** nginx answers 400. */
  | { readonly ok: false; readonly why: 'empty' | 'double-dot' | 'forbidden-character' }

/** A name as most clients send it: nothing to do. */
const plainName = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/

/** Reads a Host header's value. */
export function readHostHeader(value: string): HostName {
  if (plainName.test(value)) return { ok: true, name: value }
  const text = value.trim()
  if (text.includes('..')) return { ok: false, why: 'double-dot' }
  if (/[\0-\x20/\x7f]/.test(text)) return { ok: false, why: 'forbidden-character' }
  const name = (/^\[[^\]]*\]/.exec(text)?.[0] ?? text.replace(/:.*$/, '')).replace(/\.$/, '')
  return name === '' ? { ok: false, why: 'empty' } : { ok: true, name: name.toLowerCase() }
}
