/**
 * Canary Ingresses: a second upstream beside the main one, and which requests it gets.
 * Models mergeAlternativeBackends (ingress-nginx internal/ingress/controller/controller.go) and route_to_alternative_balancer
 * (rootfs/etc/nginx/lua/balancer.lua).
 */
import type { Ingress } from '../cluster/objects.ts'
import type { Draw } from '../draw.ts'
import { drawBelow } from '../draw.ts'
import { byteText } from './byte-text.ts'
import { annotationOf } from './location-annotations.ts'
import { matchPattern } from './match-pattern.ts'
import { parseGoBool } from './parse-go-bool.ts'
import { parsePattern } from './parse-pattern.ts'
import { readCookie, readHeader } from './request-header.ts'
import type { Headers } from './request-header.ts'

/** Who is sent to the canary. `header` and `cookie` are names; `''` where none is given. */
export interface CanaryPolicy {
  readonly weight: number
  /** `canary-weight-total`; 100 at least. */
  readonly weightTotal: number
  readonly header: string
  readonly headerValue: string
  readonly headerPattern: string
  readonly cookie: string
}

/** What decided, for the person who asks why. */
export type CanaryReason =
  /** The cookie of an earlier answer belongs to the main upstream, or to the canary. */
  | { readonly kind: 'affinity-main' | 'affinity-canary'; readonly name: string }
  | {
      readonly kind: 'header-always' | 'header-never' | 'header-value' | 'header-pattern'
      readonly name: string
    }
  /** The pattern does not compile, or uses what this model does not know: the main upstream. */
  | { readonly kind: 'header-pattern-unusable'; readonly name: string }
  | { readonly kind: 'cookie-always' | 'cookie-never'; readonly name: string }
  /** `drawn`: 1 to `total`; the canary has those up to `weight`. */
  | { readonly kind: 'weight'; readonly drawn: number; readonly weight: number; readonly total: number }

/** Whether the Ingress is a canary. */
export function isCanary(ingress: Ingress): boolean {
  return parseGoBool(annotationOf(ingress, 'canary')) === true
}

/** Reads the policy of a canary Ingress. */
export function readCanaryPolicy(ingress: Ingress): CanaryPolicy {
  const text = (name: string) => annotationOf(ingress, name) ?? ''
  const number = (name: string) => (/^\d{1,6}$/.test(text(name)) ? Number(text(name)) : 0)
  return {
    weight: number('canary-weight'),
    weightTotal: Math.max(100, number('canary-weight-total')),
    header: text('canary-by-header'),
    headerValue: text('canary-by-header-value'),
    headerPattern: text('canary-by-header-pattern'),
    cookie: text('canary-by-cookie'),
  }
}

/** Decides for one request: header, cookie, weight. Draws only for the weight. */
export function chooseCanary(
  policy: CanaryPolicy,
  headers: Headers,
  draw: Draw,
): { readonly taken: boolean; readonly reason: CanaryReason } {
  const told = byHeader(policy, headers) ?? byCookie(policy, headers)
  if (told !== undefined) return told
  const { weight, weightTotal: total } = policy
  const drawn = drawBelow(draw, total) + 1
  return { taken: drawn <= weight, reason: { kind: 'weight', drawn, weight, total } }
}

/** With a value or a pattern set, `always` and `never` mean nothing. */
function byHeader(policy: CanaryPolicy, headers: Headers): ReturnType<typeof chooseCanary> | undefined {
  const name = policy.header
  const value = name === '' ? undefined : readHeader(headers, name)
  if (value === undefined) return undefined
  if (policy.headerValue !== '')
    return value === policy.headerValue ? { taken: true, reason: { kind: 'header-value', name } } : undefined
  if (policy.headerPattern !== '') return byPattern(policy.headerPattern, name, value)
  if (value === 'always') return { taken: true, reason: { kind: 'header-always', name } }
  return value === 'never' ? { taken: false, reason: { kind: 'header-never', name } } : undefined
}

function byPattern(
  pattern: string,
  name: string,
  value: string,
): ReturnType<typeof chooseCanary> | undefined {
  const parsed = parsePattern(byteText(pattern), { ignoreCase: false })
  const match = parsed.ok ? matchPattern(parsed.pattern, byteText(value)).kind : 'unusable'
  if (match === 'matched') return { taken: true, reason: { kind: 'header-pattern', name } }
  // An error of the pattern ends the search, unlike a miss.
  return match === 'no-match'
    ? undefined
    : { taken: false, reason: { kind: 'header-pattern-unusable', name } }
}

function byCookie(
  { cookie: name }: CanaryPolicy,
  headers: Headers,
): ReturnType<typeof chooseCanary> | undefined {
  const value = readCookie(headers, name)
  if (value === 'always') return { taken: true, reason: { kind: 'cookie-always', name } }
  return value === 'never' ? { taken: false, reason: { kind: 'cookie-never', name } } : undefined
}
