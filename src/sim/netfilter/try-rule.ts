/**
 * One rule against one packet. Start reading here: the rest of this folder either prepares this question (`parse-…`), asks it
 * again and again (`walk-table`, `pass-hook`), or acts on its answer (`translate`, `track-packet`).
 */
import type { Draw } from '../draw.ts'
import type { Packet } from '../network/packet.ts'
import { checkMatch } from './check-match.ts'
import type { Moment } from './moment.ts'
import type { FailedMatch, RuleOutcome } from './evaluation.ts'
import type { Match, Rule } from './ruleset.ts'

/**
 * Tries one rule on one packet: its matches in order; the first that fails ends it.
 * Order counts: a `statistic` match draws only when those before it held, which shifts every later draw of the seed.
 * A match that is not modelled decides nothing alone: where a later one fails the rule is skipped either way.
 * @param draw the stream's next integer, 0 ≤ n < 2^31
 * @param moment what is known beside the packet: interfaces, the host's addresses, conntrack's view of it
 * @see Linux net/ipv4/netfilter/ip_tables.c, ipt_do_table
 */
export function tryRule(rule: Rule, packet: Packet, draw: Draw, moment: Moment = nothingKnown): RuleOutcome {
  let drawn: number | undefined
  let notModelled: string | undefined
  for (const match of rule.matches) {
    const checked = checkMatch(match, packet, draw, moment)
    switch (checked.kind) {
      case 'fails':
        return { kind: 'skipped', because: failedMatch(match, checked.actual, checked.drawn) }
      case 'not-modelled':
        notModelled ??= checked.text
        break
      case 'holds':
        drawn = checked.drawn ?? drawn
    }
  }
  if (notModelled !== undefined) return { kind: 'not-modelled', text: notModelled }
  if (rule.target?.kind === 'unknown') return { kind: 'not-modelled', text: rule.target.text }
  return drawn === undefined ? { kind: 'taken' } : { kind: 'taken', drawn }
}

/** A host without addresses, interfaces or memory. */
const nothingKnown: Moment = { isLocal: () => false, ctStates: ['NEW'], recent: {}, now: 0 }

function failedMatch(match: Match, actual: string, drawn: number | undefined): FailedMatch {
  return drawn === undefined ? { match, actual } : { match, actual, drawn }
}
