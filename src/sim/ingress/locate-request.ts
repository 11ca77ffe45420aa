/** The way of a request to its location, without a word of why: what {@link routeRequest} then answers and tells. */
import type { ControllerConfig } from './controller-config.ts'
import type { FoundLocation } from './find-location.ts'
import { findLocation } from './find-location.ts'
import { findServer } from './find-server.ts'
import { readHostHeader } from './host-header.ts'
import type { NormalisedUri } from './normalise-uri.ts'
import { normaliseUri } from './normalise-uri.ts'
import type { RespondReason } from './route-decision.ts'
import type { VirtualServer } from './virtual-server.ts'

export type LocateResult =
  /** 400 before any server is chosen. */
  | {
      readonly kind: 'refused'
      readonly because: Extract<RespondReason, { kind: 'bad-host' | 'bad-target' }>
    }
  | {
      readonly kind: 'located'
      /** Lower case, without port. */
      readonly host: string
      readonly uri: Extract<NormalisedUri, { ok: true }>
      readonly server: VirtualServer
      readonly found: FoundLocation
    }

/** Finds server and location by Host header and request target, both as sent. */
export function locateRequest(config: ControllerConfig, hostHeader: string, target: string): LocateResult {
  const uri = normaliseUri(target)
  if (!uri.ok) return { kind: 'refused', because: { kind: 'bad-target', why: uri.why } }
  const host = readHostHeader(hostHeader)
  if (!host.ok) return { kind: 'refused', because: { kind: 'bad-host', why: host.why } }
  const server = findServer(config.servers, host.name)
  return { kind: 'located', host: host.name, uri, server, found: findLocation(server.locations, uri.path) }
}
