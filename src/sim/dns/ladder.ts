/**
 * The ladder: every name that a lookup may ask, in the order of asking, known before the first question. Resolvers differ in what they
 * put on it (glibc resolv/res_query.c, musl src/network/lookup_name.c, BusyBox networking/nslookup.c, BIND bin/dig/dighost.c).
 */
import { absoluteName, dotsIn, joinNames, nameFlaw } from './domain-name.ts'
import type { ResolverFlavour } from './flavour.ts'
import type { ResolvConf } from './resolv-conf.ts'

/** One name of the ladder and what became of it. */
export interface Rung {
  /** Absolute, with its final dot. */
  readonly name: string
  /** The search domain that was added; `''` for the absolute name. */
  readonly suffix: string
  readonly verdict: 'lost' | 'won' | 'not-tried'
  readonly reason: RungReason
}

/** What an asked name got that ends or continues the search. */
export type Setback =
  | 'nxdomain'
  | 'no-data'
  | 'servfail'
  | 'refused'
  | 'timed-out'
  | 'port-unreachable'
  | 'other-error'
  | 'other-owner'

export type RungReason =
  // Not asked yet: where the name stands, and why there.
  /** Fewer dots than ndots: the search list comes first. */
  | { readonly kind: 'in-list'; readonly dots: number; readonly ndots: number }
  /** At least ndots dots: the absolute name comes first. */
  | { readonly kind: 'absolute-first'; readonly dots: number; readonly ndots: number }
  /** The absolute name comes after the list. */
  | { readonly kind: 'absolute-last'; readonly dots: number; readonly ndots: number }
  /** The name is taken as it is: it ends in a dot, has enough dots, or the program never searches. */
  | { readonly kind: 'absolute-only' }
  // Never asked.
  /** At least ndots dots, and this resolver then leaves the search list out. */
  | { readonly kind: 'enough-dots'; readonly dots: number; readonly ndots: number }
  /** `dig` without `+search`; BusyBox nslookup, for a name with a dot. */
  | { readonly kind: 'no-search' }
  /** BusyBox nslookup never asks a single label as it is. */
  | { readonly kind: 'never-absolute' }
  /** With this search domain the name would be too long. */
  | { readonly kind: 'too-long' }
  /** musl leaves out a search domain `.`. */
  | { readonly kind: 'root-skipped' }
  /** /etc/hosts had the name, so no question was asked. */
  | { readonly kind: 'hosts-file' }
  /** An address in digits: nothing to look up. */
  | { readonly kind: 'literal-address' }
  /** The name cannot be encoded, so no question was asked. */
  | { readonly kind: 'illegal' }
  /** Another name was found before its turn came; `rung` is that one's index. */
  | { readonly kind: 'list-ended'; readonly rung: number }
  /** What another name got stops the search in this resolver; `rung` is that one's index. */
  | { readonly kind: 'list-stopped'; readonly by: Setback; readonly rung: number }
  // Asked.
  | { readonly kind: 'answered' }
  | { readonly kind: Setback }

/**
 * The ladder of a name, nothing asked yet. Rungs whose turn will come have one of the reasons `in-list`, `absolute-first`,
 * `absolute-last`, `absolute-only`; the others are shown because a person would expect them, with the reason why they are left out.
 * @param conf as this flavour reads it
 */
export function ladderOf(name: string, conf: ResolvConf, flavour: ResolverFlavour): readonly Rung[] {
  const dots = dotsIn(name)
  if (name.endsWith('.')) return [waiting(absoluteName(name), '', { kind: 'absolute-only' })]
  const counted = { dots, ndots: conf.ndots }
  switch (flavour) {
    case 'glibc':
      return dots >= conf.ndots
        ? [
            absolute(name, { kind: 'absolute-first', ...counted }),
            ...list(name, conf, { kind: 'in-list', ...counted }),
          ]
        : withAbsoluteLast(name, list(name, conf, { kind: 'in-list', ...counted }), counted)
    case 'musl':
    case 'dig-search':
    case 'host':
    case 'nslookup':
      return dots >= conf.ndots
        ? [
            absolute(name, { kind: 'absolute-only' }),
            ...list(name, conf, { kind: 'enough-dots', ...counted }),
          ]
        : [
            ...list(name, conf, { kind: 'in-list', ...counted }).map((rung) => skipRoot(rung, flavour)),
            absolute(name, { kind: 'absolute-last', ...counted }),
          ]
    case 'dig':
      return [absolute(name, { kind: 'absolute-only' }), ...list(name, conf, { kind: 'no-search' })]
    case 'busybox-nslookup':
      if (dots > 0 || conf.searches.length === 0)
        return [absolute(name, { kind: 'absolute-only' }), ...list(name, conf, { kind: 'no-search' })]
      return [
        ...list(name, conf, { kind: 'in-list', ...counted }).map((rung) => skipRoot(rung, flavour)),
        absolute(name, { kind: 'never-absolute' }),
      ]
  }
}

/** Whether the rung's turn to be asked is still to come. */
export function isWaiting(rung: Rung): boolean {
  return ['in-list', 'absolute-first', 'absolute-last', 'absolute-only'].includes(rung.reason.kind)
}

function waiting(name: string, suffix: string, reason: RungReason): Rung {
  return { name, suffix, verdict: 'not-tried', reason }
}

function absolute(name: string, reason: RungReason): Rung {
  return waiting(absoluteName(name), '', reason)
}

function list(name: string, conf: ResolvConf, reason: RungReason): readonly Rung[] {
  return conf.searches.map((domain) => {
    const joined = joinNames(name, domain)
    return waiting(joined, domain, nameFlaw(joined) === 'name-too-long' ? { kind: 'too-long' } : reason)
  })
}

type Counted = { readonly dots: number; readonly ndots: number }

/** glibc takes a search domain `.` as the absolute name, in its place, and does not try it again at the end. */
function withAbsoluteLast(name: string, searched: readonly Rung[], counted: Counted): readonly Rung[] {
  if (searched.some((rung) => rung.suffix === '.')) return searched
  return [...searched, absolute(name, { kind: 'absolute-last', ...counted })]
}

/** musl leaves the root out; BusyBox nslookup makes an empty label of it, and fails there. */
function skipRoot(rung: Rung, flavour: ResolverFlavour): Rung {
  if (rung.suffix !== '.') return rung
  if (flavour === 'musl') return { ...rung, reason: { kind: 'root-skipped' } }
  return flavour === 'busybox-nslookup' ? { ...rung, reason: { kind: 'illegal' } } : rung
}
