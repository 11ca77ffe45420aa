/** Which match of the listener's Routes takes a request. All of them are looked at, so that each can say why it is not the one. */
import type { RouteEntry } from './data-plane.ts'
import type { Choice, RuleReason } from './gateway-decision.ts'
import type { MatchedRequest } from './match-request.ts'
import { mismatch, printPath } from './match-request.ts'
import { hostCovers } from './host-names.ts'
import { precedenceRule } from './precedence.ts'

export interface ChosenRule {
  readonly chosen?: RouteEntry
  /** A pattern that had to be tried before anything could be chosen, and is beyond our regular expressions. */
  readonly notModelled?: string
  readonly choice: Choice<RuleReason>
}

/**
 * Of the host names that cover the request's only the most specific one's rules come up; then the first entry that fits.
 * @param entries in order of precedence
 */
export function chooseRule(entries: readonly RouteEntry[], request: MatchedRequest): ChosenRule {
  const host = entries.find((entry) => hostCovers(entry.host, request.host))?.host ?? ''
  let chosen: RouteEntry | undefined
  let notModelled: string | undefined
  const candidates = entries.map((entry) => {
    const reason = reasonOf(entry, request, host, chosen)
    const won = reason.kind === 'fits' && notModelled === undefined
    if (reason.kind === 'fits') chosen ??= entry
    if (reason.kind === 'regex-not-modelled' && chosen === undefined) notModelled ??= reason.pattern
    return { name: entryName(entry), verdict: won ? ('won' as const) : ('lost' as const), reason }
  })
  return {
    ...(chosen === undefined || notModelled !== undefined ? {} : { chosen }),
    ...(notModelled === undefined ? {} : { notModelled }),
    choice: { candidates },
  }
}

/** `default/web rules[0].matches[1]`. */
function entryName({ route, ruleIndex, matchIndex }: RouteEntry): string {
  return `${route.namespace}/${route.name} rules[${ruleIndex}].matches[${matchIndex}]`
}

function reasonOf(
  entry: RouteEntry,
  request: MatchedRequest,
  host: string,
  chosen: RouteEntry | undefined,
): RuleReason {
  const differs = mismatch(entry, request)
  if (differs?.kind === 'host-differs') return differs
  if (entry.host !== host) return { kind: 'host-less-specific', host: entry.host, than: host }
  if (differs !== undefined) return differs
  if (chosen === undefined) return { kind: 'fits', path: printPath(entry.match.path) }
  return { kind: `after-${precedenceRule(chosen, entry)}`, than: entryName(chosen) }
}
