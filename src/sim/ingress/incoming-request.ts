/** A request at the controller's door. */
import type { Millis } from '../clock.ts'
import type { IpAddress } from '../network/address.ts'

/** A request as nginx reads it from the connection. */
export interface RouteRequest {
  readonly scheme: 'http' | 'https'
  /** The Host header's value. */
  readonly host: string
  /** Path and query as sent. */
  readonly target: string
  readonly method: string
  /** Others than Host, in order, names as sent. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body?: string
  /** Server name of the ClientHello. */
  readonly sni?: string
  /** The peer that nginx sees: a node, where the Service masquerades. */
  readonly clientAddress: IpAddress
  /** The PROXY line before the request: its source address and destination port. */
  readonly proxyProtocol?: { readonly source: IpAddress; readonly port: number }
  /** For the Date header of nginx's own answers. */
  readonly atMs: Millis
  /** How far the worker's ring of this upstream has come; drawn where absent, as a ring starts at a random member. */
  readonly turn?: number
  /** An earlier try failed: the upstream that was chosen then stays (`ngx.ctx.balancer`). `failed`: `ADDRESS:PORT` of each try. */
  readonly retry?: { readonly upstream: string; readonly failed: readonly string[] }
}
