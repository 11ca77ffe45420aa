/** From what stands in the request bar to a request, or to what is wrong with it. The URL itself is the lab's to judge. */
import type { Phrase } from '../sim/phrase.ts'
import type { TraceRequest } from '../sim/trace/request.ts'
import type { RequestDraft } from './app-state.ts'

/** Why a request was not sent. Lines count from 1. */
export type RequestProblem =
  | { readonly kind: 'url-empty' }
  | { readonly kind: 'header-line'; readonly line: number; readonly text: string }
  | { readonly kind: 'not-a-request'; readonly phrase: Phrase }
  | { readonly kind: 'simulator-failed'; readonly detail: string }

export type ReadRequest =
  | { readonly ok: true; readonly request: TraceRequest }
  | { readonly ok: false; readonly problem: RequestProblem }

/**
 * Reads a draft. Blank header lines are skipped; a line that is not `Name: value` is a problem, since it would not be sent. Headers that
 * stand out of sight behind a `ping` are neither sent nor judged.
 */
export function readRequest(draft: RequestDraft): ReadRequest {
  const url = draft.url.trim()
  if (url === '') return { ok: false, problem: { kind: 'url-empty' } }
  const headers: (readonly [string, string])[] = []
  const written = speaksHttp(url) ? draft.headersText : ''
  for (const [index, text] of written.split(/\r?\n/).entries()) {
    if (text.trim() === '') continue
    const header = headerOf(text)
    if (header === undefined) return { ok: false, problem: { kind: 'header-line', line: index + 1, text } }
    headers.push(header)
  }
  const request: TraceRequest = {
    from: draft.from,
    url,
    method: draft.method,
    headers,
    seed: draft.seed,
    ...(draft.body === '' ? {} : { body: draft.body }),
    ...(draft.sni.trim() === '' ? {} : { sni: draft.sni.trim() }),
    ...(draft.faults.length === 0 ? {} : { faults: draft.faults }),
  }
  return { ok: true, request }
}

/** Whether the method, headers and body count for this URL: `ping`, lookups, `tcp://`, `udp://` and `sctp://` have none. */
export function speaksHttp(url: string): boolean {
  return !/^\s*(ping|dig|host|nslookup|getent)\s|^\s*(tcp|udp|sctp):/i.test(url)
}

/** RFC 9110 §5.1, §5.6.2: a field name is a token. */
function headerOf(line: string): readonly [string, string] | undefined {
  const colon = line.indexOf(':')
  const name = line.slice(0, colon).trim()
  return colon > 0 && /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)
    ? [name, line.slice(colon + 1).trim()]
    : undefined
}
