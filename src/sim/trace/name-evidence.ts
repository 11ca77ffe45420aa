/** Names as evidence: the search list as a ladder, and how a name server read the question. */
import type { AnswerStep, DnsAnswer, PluginSaid } from '../dns/dns-answer.ts'
import type { ResourceRecord } from '../dns/message.ts'
import type { NameReading } from '../dns/kubernetes-name.ts'
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
    case 'literal-address':
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

/** The plugins that a question passed, what each said, and the records and Corefile lines that decided. */
export function recordsEvidence(answer: DnsAnswer): Evidence {
  const { reply, steps, plugin, corefileLines } = answer
  const records = [...reply.answer, ...(reply.answer.length === 0 ? reply.authority : [])]
  return {
    kind: 'records',
    title: phrase('evidence.records'),
    candidates: [
      ...(answer.isFormerCorefile === true ? [formerCorefile] : []),
      ...steps
        .filter((step) => step.said.kind !== 'passed' && step.said.kind !== 'took')
        .map((step, index) => ({
          id: `${index} ${step.plugin}`,
          name: step.plugin,
          verdict: verdictOfStep(step, plugin),
          reason: saidReason(step.said),
        })),
    ],
    texts: [
      ...records.map((record) => ({ text: recordText(record), marks: [record.data] })),
      ...corefileLines.map((line) => ({ text: line.text, marks: [] })),
    ],
  }
}

/** The ConfigMap's Corefile had its chance first. */
const formerCorefile = {
  id: 'corefile',
  name: 'Corefile',
  verdict: 'lost',
  reason: phrase('reason.record-former-corefile'),
} as const

/** A record as a zone file has it. */
export function recordText(record: ResourceRecord): string {
  return `${record.name} ${record.ttlSeconds} IN ${record.type} ${record.data}`
}

function verdictOfStep(step: AnswerStep, plugin: string): 'lost' | 'won' | 'unknown' {
  if (step.said.kind === 'not-modelled') return 'unknown'
  return step.plugin === plugin && step.said.kind !== 'fell-through' ? 'won' : 'lost'
}

function saidReason(said: PluginSaid): Phrase {
  switch (said.kind) {
    case 'answered':
      return phrase('reason.record-answered', { rcode: said.rcode, records: said.records })
    case 'read-name':
      return readingPhrase(said.reading)
    case 'fell-through':
      return said.reading === undefined ? phrase('reason.record-fell-through') : readingPhrase(said.reading)
    case 'forwarded':
      return phrase('reason.record-forwarded', { server: said.server, got: said.got })
    case 'rewrote':
      return phrase('reason.record-rewrote', { from: said.from, to: said.to })
    case 'cached':
      return phrase('reason.record-cached', { seconds: said.ageSeconds })
    case 'other-zone':
      return phrase('reason.record-other-zone', { zones: said.zones.join(' ') })
    case 'looked-up':
      return phrase('reason.record-looked-up', { name: said.name })
    case 'took':
    case 'no-block':
    case 'passed':
    case 'not-modelled':
    case 'not-cached':
    case 'no-entry':
    case 'shuffled':
      return phrase(`reason.record-${said.kind}`)
  }
}

/** What the kubernetes plugin took the labels for; the finding's fields are the sentence's values. */
function readingPhrase(reading: NameReading): Phrase {
  const { kind, ...values } = reading.finding
  return phrase(`reason.reading-${kind}`, values)
}
