/** A request that has found its location, and what nginx writes itself there. */
import type { Origin } from '../cluster/object-ref.ts'
import type { FoundLocation } from './find-location.ts'
import type { ControllerConfig } from './controller-config.ts'
import type { OwnStatus } from './error-page.ts'
import { ownResponse } from './error-page.ts'
import { httpDate } from './http-date.ts'
import type { RouteRequest } from './incoming-request.ts'
import type { NormalisedUri } from './normalise-uri.ts'
import type { RespondReason, RouteDecision, RouteOutcome } from './route-decision.ts'
import type { VirtualServer } from './virtual-server.ts'

/** A request at the location that the search found. */
export interface LocatedRequest {
  readonly config: ControllerConfig
  readonly request: RouteRequest
  readonly server: VirtualServer
  readonly found: FoundLocation
  /** Lower case, without port. */
  readonly host: string
  readonly uri: Extract<NormalisedUri, { ok: true }>
}

/** What comes of it. */
export interface Answer {
  readonly canary?: NonNullable<RouteDecision['canary']>
  readonly outcome: RouteOutcome
  /** Beyond server and location. */
  readonly because: readonly Origin[]
}

/** nginx's own page, with what the controller's header filter adds at a location. `location`: where a redirect leads. */
export function respond(
  located: LocatedRequest,
  status: OwnStatus,
  because: RespondReason,
  location?: string,
): Answer {
  const hsts = strictTransportSecurity(located)
  const options = {
    date: httpDate(located.request.atMs),
    ...(location !== undefined && { location }),
    ...(hsts !== undefined && { hsts }),
  }
  return { outcome: { kind: 'respond', response: ownResponse(status, options), because }, because: [] }
}

/** `Strict-Transport-Security`: on every https answer that goes through a location, the fake certificate's included. */
export function strictTransportSecurity({
  config: { settings },
  request,
}: LocatedRequest): string | undefined {
  if (request.scheme !== 'https' || !settings.hsts) return undefined
  const { hstsMaxAge, hstsIncludeSubdomains, hstsPreload } = settings
  return `max-age=${hstsMaxAge}${hstsIncludeSubdomains ? '; includeSubDomains' : ''}${hstsPreload ? '; preload' : ''}`
}
