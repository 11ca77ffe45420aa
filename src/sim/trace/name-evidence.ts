/** Names as evidence: the search list as a ladder, and how a name server read the question. */
import type { DnsAnswer } from '../dns/dns-answer.ts'
import type { Rung } from '../dns/ladder.ts'
import { phrase, type Phrase } from '../phrase.ts'
import type { Evidence } from './trace.ts'

/** The ladder; its text is the resolv.conf that it stands on. */
export function ladderEvidence(ladder: readonly Rung[], resolvConf: string): Evidence {
  return {
    kind: 'search-list',
    title: phrase('evidence.search-list'),
    candidates: ladder.map((rung) => ({
      id: rung.name,
      name: rung.name,
      verdict: rung.verdict,
      reason: rungReason(rung.reason, ladder),
    })),
    texts: [
      {
        text: resolvConf.trimEnd(),
        marks: ladder
          .filter((rung) => rung.verdict === 'won')
          .map((rung) => rung.suffix)
          .filter((suffix) => suffix !== ''),
      },
    ],
  }
}

function rungReason(reason: Rung['reason'], ladder: readonly Rung[]): Phrase {
  switch (reason.kind) {
    case 'list-ended':
    case 'list-stopped':
      return phrase(`reason.rung-${reason.kind}`, {
        name: ladder[reason.rung]?.name ?? '',
        ...('by' in reason ? { by: reason.by } : {}),
      })
    case 'in-list':
    case 'absolute-first':
    case 'absolute-last':
    case 'enough-dots':
      return phrase(`reason.rung-${reason.kind}`, { dots: reason.dots, ndots: reason.ndots })
    case 'absolute-only':
    case 'no-search':
    case 'never-absolute':
    case 'too-long':
    case 'root-skipped':
    case 'hosts-file':
    case 'illegal':
    case 'answered':
    case 'nxdomain':
    case 'no-data':
    case 'servfail':
    case 'refused':
    case 'timed-out':
    case 'port-unreachable':
    case 'other-error':
    case 'other-owner':
      return phrase(`reason.rung-${reason.kind}`)
  }
}
