/** One question to both: what the router says, what the real nginx did, and where they differ. */
import { byteText } from '../../sim/ingress/byte-text.ts'
import { inLookupOrder } from '../../sim/ingress/find-location.ts'
import type { ControllerConfig } from '../../sim/ingress/controller-config.ts'
import type { RouteDecision } from '../../sim/ingress/route-decision.ts'
import { routeRequest } from '../../sim/ingress/route-request.ts'
import { ip } from '../../sim/network/address.ts'
import type { RawAnswer } from './ask.ts'
import type { Question } from './random-requests.ts'
import { placeHeader } from './runnable-conf.ts'

/** The client's address: not 127.0.0.1, which `/nginx_status` lets in. */
export const CLIENT = '127.0.0.2'

/** What both are compared by; `sent`: the request that the Pod got. */
export interface Told {
  readonly status: number
  readonly location: string
  /** `SERVER.LOCATION` by position; `''` where nothing was chosen. */
  readonly place: string
  readonly sent: string
}

/** What the router says; undefined where the question is beyond the model. */
export function routerTells(config: ControllerConfig, question: Question): Told | undefined {
  const decision = routeRequest(
    config,
    {
      scheme: 'http',
      host: question.host ?? '',
      target: question.target,
      method: question.method,
      headers: [
        ...question.headers,
        ...(question.method === 'POST' ? [['Content-Length', '0'] as const] : []),
      ],
      clientAddress: ip(CLIENT),
      atMs: 0,
    },
    () => 0,
  )
  const { outcome } = decision
  const place = placeOf(config, decision)
  switch (outcome.kind) {
    case 'not-modelled':
    case 'proxy-by-name':
      return undefined
    case 'proxy': {
      const { method, target, headers } = outcome.request
      const lines = [
        `${method} ${byteText(target)} HTTP/1.1`,
        ...headers.map(([name, value]) => `${name}: ${byteText(value)}`),
      ]
      return { status: 200, location: '', place, sent: lines.join('\n') }
    }
    case 'respond': {
      const location = outcome.response.headers.find(([name]) => name === 'Location')?.[1] ?? ''
      const { kind } = outcome.because
      // What stands behind the default backend's 404 is a Pod here.
      const status = kind === 'no-ingress' || kind === 'no-path' ? 200 : outcome.response.status
      return { status, location: byteText(location), place: status === 400 ? '' : place, sent: '' }
    }
  }
}

/** What nginx did. */
export function nginxTells({ status, headers }: RawAnswer): Told {
  const sent = Buffer.from(headers.get('x-sent') ?? '', 'base64').toString('latin1')
  return {
    status,
    location: headers.get('location') ?? '',
    place: status === 400 ? '' : (headers.get(placeHeader.toLowerCase()) ?? ''),
    sent: sent.replaceAll('\r\n', '\n'),
  }
}

/** What differs, in words; undefined where nothing does. */
export function differenceOf(router: Told, nginx: Told): string | undefined {
  const keys = ['status', 'location', 'place', ...(router.sent === '' ? [] : (['sent'] as const))] as const
  const found = keys.filter((key) => router[key] !== nginx[key])
  if (found.length === 0) return undefined
  return found
    .map((key) => `${key}: ours ${JSON.stringify(router[key])}, nginx ${JSON.stringify(nginx[key])}`)
    .join('\n    ')
}

function placeOf(config: ControllerConfig, { server, location }: RouteDecision): string {
  const isWon = ({ verdict }: { readonly verdict: string }) => verdict === 'won'
  const name = server.candidates.find(isWon)?.name
  const index = config.servers.findIndex(({ hostname }) => hostname === name)
  const chosen = config.servers[index]
  const won = location.candidates.findIndex(isWon)
  const found = won < 0 || chosen === undefined ? undefined : inLookupOrder(chosen.locations)[won]
  if (index < 0 || chosen === undefined) return ''
  return found === undefined ? String(index) : `${index}.${chosen.locations.indexOf(found)}`
}
