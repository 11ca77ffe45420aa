/** What a Gateway's proxy answers itself: a status line, a Date, a Location where it sends elsewhere, and no body. */
import type { Millis } from '../clock.ts'
import { httpDate } from '../ingress/http-date.ts'
import type { OwnAnswer } from './gateway-decision.ts'

/** RFC 9110 §15. */
const reasons: Readonly<Record<number, string>> = {
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  404: 'Not Found',
  421: 'Misdirected Request',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}

/** The answer of a status. */
export function ownAnswer(status: number, atMs: Millis, location?: string): OwnAnswer {
  return {
    status,
    reason: reasons[status] ?? '',
    headers: [
      ...(location === undefined ? [] : [['Location', location] as const]),
      ['Content-Length', '0'],
      ['Date', httpDate(atMs)],
    ],
    body: '',
  }
}
