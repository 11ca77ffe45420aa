/**
 * How an upstream chooses among its members where no cookie does: `upstream-hash-by`, else `load-balance`.
 * Models get_implementation (ingress-nginx rootfs/etc/nginx/lua/balancer.lua) and createUpstreams (controller.go).
 */
import type { Ingress } from '../cluster/objects.ts'
import type { ControllerSettings } from './controller-settings.ts'
import { annotationOf } from './location-annotations.ts'
import { parseGoBool } from './parse-go-bool.ts'

export type Balancing =
  | { readonly kind: 'round-robin' }
  | { readonly kind: 'ewma' }
  /** `by` is a text with nginx's variables; with `subsetSize` the members are dealt into groups, and one of the group is drawn. */
  | { readonly kind: 'chash'; readonly by: string; readonly subsetSize?: number }

/** What chose a member, for the person who asks why. */
export type BalancerReason =
  /** Each worker process has a ring of its own, which starts anywhere. */
  | { readonly kind: 'round-robin' }
  /** Two were drawn, `other` is the one that lost; absent where there is one member alone. */
  | { readonly kind: 'ewma'; readonly other?: string }
  | { readonly kind: 'hash'; readonly by: string; readonly key: string }
  /** A variable that this model does not know. */
  | { readonly kind: 'hash-not-modelled'; readonly by: string }
  | { readonly kind: 'cookie'; readonly name: string; readonly key: string }
  /** The request brought no cookie, or one that leads nowhere any more. */
  | { readonly kind: 'cookie-made'; readonly name: string; readonly key: string }

/** Reads the annotations of the Ingress that names an upstream first. */
export function readBalancing(ingress: Ingress, settings: ControllerSettings): Balancing {
  const by = annotationOf(ingress, 'upstream-hash-by') ?? ''
  if (by !== '') {
    const isSubset = parseGoBool(annotationOf(ingress, 'upstream-hash-by-subset')) === true
    const size = Number(annotationOf(ingress, 'upstream-hash-by-subset-size') ?? 3)
    return { kind: 'chash', by, ...(isSubset && { subsetSize: size > 0 ? size : 3 }) }
  }
  // An unknown name falls back to round robin, with a warning in the log.
  const name = annotationOf(ingress, 'load-balance') || settings.loadBalance
  return name === 'ewma' ? { kind: 'ewma' } : { kind: 'round-robin' }
}
