/** Why nginx took one thing and not another: candidates in the order in which nginx takes them, each with a structured reason. */
import type { ObjectRef } from '../cluster/object-ref.ts'
import type { BackendService } from './virtual-server.ts'

/** One choice: a certificate, a server, a location. */
export interface Decision {
  readonly candidates: readonly DecisionCandidate[]
  /** The printed lines that decided; `''` where nothing in nginx.conf did. */
  readonly nginxConf: string
}

export interface DecisionCandidate {
  /** Literal: `web01`, `_`, `location "/"`, `location = "/foo"`, `default/web01-tls`. */
  readonly name: string
  readonly verdict: 'lost' | 'won' | 'not-tried'
  readonly reason: DecisionReason
  /** The Ingress that made it. */
  readonly ingress?: ObjectRef
  /** Where it leads. */
  readonly backend?: BackendService
}

export type DecisionReason =
  // Servers. `host` is the name that nginx compared: lower case, without port.
  | { readonly kind: 'host-equal'; readonly host: string }
  | { readonly kind: 'host-differs'; readonly host: string }
  | { readonly kind: 'wildcard-fits'; readonly host: string }
  /** Another domain. */
  | { readonly kind: 'wildcard-differs'; readonly host: string }
  /** The domain fits, but `*` stands for one label and the request has `labels`. */
  | { readonly kind: 'wildcard-labels'; readonly host: string; readonly labels: number }
  /** Takes what no other takes. */
  | { readonly kind: 'catch-all'; readonly host: string }
  // Locations. `path` is the normalised path of the request.
  | { readonly kind: 'path-equal'; readonly path: string }
  | { readonly kind: 'path-differs'; readonly path: string }
  | { readonly kind: 'prefix-fits'; readonly path: string }
  | { readonly kind: 'prefix-differs'; readonly path: string }
  /** It fits as well, but a longer one won. */
  | { readonly kind: 'prefix-shorter'; readonly path: string; readonly than: string }
  /** It fits, but a regular expression comes before any prefix. */
  | { readonly kind: 'prefix-below-regex'; readonly path: string }
  /** The request lacks only the final `/`: nginx answers 301. */
  | { readonly kind: 'slash-missing'; readonly path: string }
  | { readonly kind: 'regex-fits'; readonly path: string }
  | { readonly kind: 'regex-differs'; readonly path: string }
  /** Matching took more steps than PCRE2 allows. */
  | { readonly kind: 'regex-too-costly'; readonly path: string }
  /** The pattern does not compile, or uses what this model does not know. */
  | { readonly kind: 'regex-not-modelled'; readonly path: string }
  // Certificates. `name` is the server name of the ClientHello.
  | { readonly kind: 'sni-equal'; readonly name: string }
  | { readonly kind: 'sni-wildcard'; readonly name: string }
  | { readonly kind: 'sni-absent' }
  | { readonly kind: 'sni-unknown'; readonly name: string }
  /** The entry of that server is the default certificate. */
  | {
      readonly kind: 'entry-is-default'
      readonly name: string
      readonly because:
        'no-secret-named' | 'secret-missing' | 'secret-unusable' | 'name-not-covered' | 'host-not-listed'
    }
  // All.
  /** An earlier candidate ended the search. */
  | { readonly kind: 'earlier-won' }
  /** The request was answered before this choice. */
  | { readonly kind: 'answered-before' }

/** A choice that did not come up, because the request was answered before it. */
export function notTried(names: readonly string[]): Decision {
  const candidates = names.map(
    (name) => ({ name, verdict: 'not-tried', reason: { kind: 'answered-before' } }) as const,
  )
  return { candidates, nginxConf: '' }
}
