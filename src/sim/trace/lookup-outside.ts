/**
 * The laptop's resolver: it knows the names of DNSEndpoints and no others. Its packets are not shown, since the network outside is
 * not modelled; what it knows is assumed to be what ExternalDNS has published.
 */
import type { DnsEndpoint } from '../cluster/objects.ts'
import type { DnsAnswer } from '../dns/dns-answer.ts'
import type { DnsMessage } from '../dns/message.ts'
import type { AskedServer, NameTalk } from '../dns/name-question.ts'
import { answerOutside } from '../dns/outside-names.ts'
import { resolve } from '../dns/resolver.ts'
import type { Resolution, ServerReply } from '../dns/resolver-step.ts'
import type { IpAddress } from '../network/address.ts'
import { hopText, phrase } from '../phrase.ts'
import type { HopDraft } from './recorder.ts'
import { questionHeader } from './question-header.ts'
import type { Party, Run } from './run.ts'
import { recordText } from './name-evidence.ts'
import { placeOf } from './subjects.ts'
import type { Lookup } from './tell-lookup.ts'
import type { Evidence } from './trace.ts'
import { nodeResolvConf } from './vantage.ts'

/** Looks a name up outside the cluster. The first question and its answer are told; the others ride along. */
export function lookUpOutside(run: Run, asker: Party, lookup: Lookup, wanted: object): NameTalk {
  const resolving = resolve({ ...lookup, ...wanted, draw: run.world.stream('resolver') })
  const { dnsEndpoints } = run.world.written()
  const asked: AskedServer[] = []
  let replies: readonly ServerReply[] = []
  for (;;) {
    const { done, value } = resolving.next(replies)
    if (done === true) return { resolution: value, asked }
    const { server, transport, rung, queries } = value
    // How often it was asked before nobody knows: the seed says whose turn it is, and the next seed the next one's.
    const answers = queries.map((query) => answerOutside(dnsEndpoints, query, run.request.seed))
    const [query, answer] = [queries[0], answers[0]]
    if (asked.length === 0 && query !== undefined && answer !== undefined)
      tellOutside(run, asker, lookup.name, query, answer)
    replies = answers.map(({ reply }) => ({ kind: 'reply', message: reply, afterMs: 0 }))
    for (const [index, sent] of queries.entries())
      asked.push({ server, transport, rung, query: sent, reply: replies[index] ?? { kind: 'silence' } })
  }
}

function tellOutside(run: Run, asker: Party, name: string, query: DnsMessage, answer: DnsAnswer): void {
  const { world, recorder } = run
  const common: Pick<HopDraft, 'exchange' | 'place' | 'before' | 'basis'> = {
    exchange: recorder.open('dns', 'client', phrase('exchange.dns')),
    place: placeOf(world.cluster(), asker.host, 'resolver'),
    before: questionHeader(run, asker, nodeResolvConf(world.cluster()), name),
    basis: 'assumed',
  }
  recorder.hop({
    ...common,
    kind: 'send',
    phase: 'dns',
    packetId: recorder.newPacket(),
    direction: 'request',
    subject: asker.subject,
    ...hopText('ask-outside', { name }),
    message: { kind: 'dns', message: query },
  })
  const data = answer.reply.answer.flatMap((record) => (record.type === 'CNAME' ? [] : [record.data]))
  const isFound = data.length > 0
  recorder.hop({
    ...common,
    kind: 'answer',
    phase: isFound ? 'dns' : 'drop',
    packetId: recorder.newPacket(),
    direction: 'reply',
    subject: { kind: 'name', name },
    ...hopText(isFound ? 'found-outside' : 'unknown-outside', { name, address: data.join(', ') }),
    evidence: [outsideEvidence(world.written().dnsEndpoints, answer)],
    origins: answer.because,
    message: { kind: 'dns', message: answer.reply },
  })
}

/** A name that needed no ladder. */
export function foundAtOnce(name: string, addresses: readonly IpAddress[]): Resolution {
  return { outcome: { kind: 'found', addresses, records: [], name }, ladder: [], tookMs: 0 }
}

/** The published names, and which of them it was. */
function outsideEvidence(dnsEndpoints: readonly DnsEndpoint[], answer: DnsAnswer): Evidence {
  const decided = new Set(
    answer.because.flatMap((origin) => origin.paths.map((path) => `${origin.object.name} ${path.join('.')}`)),
  )
  const names = dnsEndpoints.flatMap((object) =>
    object.endpoints.map((endpoint, index) => {
      const won = decided.has(`${object.ref.name} spec.endpoints.${index}`)
      return {
        id: `${object.ref.namespace}/${object.ref.name} ${index}`,
        name: endpoint.dnsName,
        verdict: won ? ('won' as const) : ('lost' as const),
        reason: phrase(won ? 'reason.outside-covers' : 'reason.outside-other'),
      }
    }),
  )
  return {
    kind: 'records',
    title: phrase(names.length === 0 ? 'evidence.no-outside-names' : 'evidence.outside-names'),
    candidates: names,
    texts: answer.reply.answer.map((record) => ({ text: recordText(record), marks: [record.data] })),
  }
}
