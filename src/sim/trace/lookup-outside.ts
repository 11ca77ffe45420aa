/**
 * The laptop's resolver: it knows the names of DNSEndpoints and no others. Its packets are not shown, since the network outside is
 * not modelled; what it knows is assumed to be what ExternalDNS has published.
 */
import type { DnsEndpoint } from '../cluster/objects.ts'
import type { DnsAnswer } from '../dns/dns-answer.ts'
import { makeQuery } from '../dns/message.ts'
import { answerOutside } from '../dns/outside-names.ts'
import type { Resolution } from '../dns/resolver-step.ts'
import { ip, type IpAddress } from '../network/address.ts'
import { hopText, phrase } from '../phrase.ts'
import type { HopDraft } from './recorder.ts'
import { questionHeader } from './question-header.ts'
import type { Party, Run } from './run.ts'
import { recordText } from './name-evidence.ts'
import { placeOf } from './subjects.ts'
import type { Evidence } from './trace.ts'
import { nodeResolvConf } from './vantage.ts'

/** Looks a name up outside the cluster: asked, and answered. */
export function lookUpOutside(run: Run, asker: Party, name: string): Resolution {
  const { world, recorder } = run
  const absolute = name.endsWith('.') ? name : `${name}.`
  const query = makeQuery({ name: absolute, type: 'A' }, 1)
  const { dnsEndpoints } = world.written()
  const answer = answerOutside(dnsEndpoints, query)
  const addresses = answer.reply.answer
    .filter((record) => record.type === 'A')
    .map((record) => ip(record.data))
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
  const isFound = addresses.length > 0
  recorder.hop({
    ...common,
    kind: 'answer',
    phase: isFound ? 'dns' : 'drop',
    packetId: recorder.newPacket(),
    direction: 'reply',
    subject: { kind: 'name', name },
    ...hopText(isFound ? 'found-outside' : 'unknown-outside', { name, address: addresses.join(', ') }),
    evidence: [outsideEvidence(dnsEndpoints, answer)],
    origins: answer.because,
    message: { kind: 'dns', message: answer.reply },
  })
  if (isFound) return foundAtOnce(name, addresses)
  return { outcome: { kind: 'failed', error: 'not-found', code: -2 }, ladder: [], tookMs: 0 }
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
