/** The controller's choices as evidence: certificate, server, location, upstream, in the order in which nginx takes them. */
import type { BalancerReason } from '../ingress/balancing.ts'
import type { Decision, DecisionReason } from '../ingress/decision.ts'
import type { UpstreamEndpoint } from '../ingress/virtual-server.ts'
import { phrase, type Phrase } from '../phrase.ts'
import type { Evidence } from './trace.ts'

/** One of nginx's choices. */
export function decisionEvidence(
  kind: 'certificates' | 'servers' | 'locations',
  decision: Decision,
): Evidence {
  return {
    kind,
    title: phrase(`evidence.${kind}`),
    candidates: decision.candidates.map((each) => ({
      id: each.name,
      name: each.name,
      verdict: each.verdict,
      reason: reasonPhrase(each.reason),
    })),
    texts: decision.nginxConf === '' ? [] : [{ text: decision.nginxConf, marks: [] }],
  }
}

/** The balancer's choice: one of the upstream's members. */
export function upstreamEvidence(
  upstream: string,
  chosen: UpstreamEndpoint,
  endpoints: readonly UpstreamEndpoint[],
  { kind, ...values }: BalancerReason,
): Evidence {
  return {
    kind: 'upstream',
    title: phrase('evidence.upstream', { upstream }),
    candidates: endpoints.map((each) => {
      const isChosen = each.address === chosen.address && each.port === chosen.port
      return {
        id: `${each.address}:${each.port}`,
        name: `${each.address}:${each.port}`,
        verdict: isChosen ? 'won' : 'lost',
        reason: phrase(isChosen ? `reason.balancer-${kind}` : 'reason.balancer-other', {
          ...values,
          pod: each.pod?.name ?? `${each.address}:${each.port}`,
        }),
      }
    }),
    texts: [],
  }
}

/** The sentence behind a reason; its fields are the sentence's values. */
function reasonPhrase(reason: DecisionReason): Phrase {
  const { kind, ...values } = reason
  return phrase(`reason.nginx-${kind}`, values)
}
