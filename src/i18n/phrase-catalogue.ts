/** The simulator's sentences, as a language writes them down: hops as rows of title, caption and label. */
import type {
  EvidenceName,
  ExchangeName,
  HopName,
  NoSourceName,
  PhraseId,
  ReasonName,
  RequestProblemName,
  VerdictName,
} from '../sim/phrase-ids.ts'

/** A row: the line in the list of steps, the sentence for the room, the word for bars and tags. */
export type HopRow = readonly [title: string, caption: string, label: string]

/** Some of the hops: those of one area. */
export type HopTexts = Readonly<Partial<Record<HopName, HopRow>>>

export interface SimTexts {
  readonly hops: Readonly<Record<HopName, HopRow>>
  readonly reasons: Readonly<Record<ReasonName, string>>
  readonly evidence: Readonly<Record<EvidenceName, string>>
  readonly exchanges: Readonly<Record<ExchangeName, string>>
  readonly verdicts: Readonly<Record<VerdictName, string>>
  readonly requests: Readonly<Record<RequestProblemName, string>>
  readonly sources: Readonly<Record<NoSourceName, string>>
}

/** One flat catalogue; `SimTexts` has an entry for every id, so nothing is missing from it. */
export function phraseCatalogue(texts: SimTexts): Readonly<Record<PhraseId, string>> {
  const hops = Object.entries(texts.hops).flatMap(([name, [title, caption, label]]) => [
    [`hop.${name}.title`, title],
    [`hop.${name}.caption`, caption],
    [`hop.${name}.label`, label],
  ])
  const flat = (prefix: string, group: Readonly<Record<string, string>>) =>
    Object.entries(group).map(([name, text]) => [`${prefix}.${name}`, text])
  return Object.fromEntries([
    ...hops,
    ...flat('reason', texts.reasons),
    ...flat('evidence', texts.evidence),
    ...flat('exchange', texts.exchanges),
    ...flat('verdict', texts.verdicts),
    ...flat('request', texts.requests),
    ...flat('source', texts.sources),
  ]) as Readonly<Record<PhraseId, string>>
}
