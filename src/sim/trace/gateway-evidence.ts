/** A Gateway's choices as evidence: listener, rule, filters, backend, Pod, in the order in which they are made. */
import type { Choice, GatewayDecision, ListenerReason, RuleReason } from '../gateway/gateway-decision.ts'
import { phrase } from '../phrase.ts'
import type { Candidate, Evidence } from './trace.ts'

/** What decided, each choice that came up. */
export function gatewayEvidence(decision: GatewayDecision): readonly Evidence[] {
  const { listener, bySni, rule, filters, backends, outcome } = decision
  return [
    ...(bySni === undefined ? [] : [choiceEvidence('listeners-by-sni', bySni)]),
    choiceEvidence('listeners', listener),
    ...(rule.candidates.length === 0 ? [] : [choiceEvidence('route-rules', rule)]),
    ...(filters.length === 0 ? [] : [filterEvidence(filters)]),
    ...(backends.length === 0 ? [] : [backendEvidence(backends)]),
    ...(outcome.kind === 'proxy' ? [podEvidence(outcome)] : []),
  ]
}

/** One choice; by SNI it is made before the handshake ends. */
export function choiceEvidence(
  name: 'listeners-by-sni' | 'listeners' | 'route-rules',
  choice: Choice<ListenerReason> | Choice<RuleReason>,
): Evidence {
  return {
    kind: name === 'route-rules' ? name : 'listeners',
    title: phrase(`evidence.${name}`),
    candidates: choice.candidates.map(({ name: id, verdict, reason }) => {
      const { kind, ...values } = reason
      return {
        id,
        name: id,
        verdict: kind === 'regex-not-modelled' ? 'unknown' : verdict,
        reason: phrase(`reason.gateway-${kind}`, values),
      }
    }),
    texts: [],
  }
}

function filterEvidence(filters: GatewayDecision['filters']): Evidence {
  return {
    kind: 'filters',
    title: phrase('evidence.filters'),
    candidates: filters.map(({ filter, did }, index) => ({
      id: `filter/${index}`,
      name: filter.kind,
      verdict: 'won',
      reason: phrase('reason.gateway-filter', { did: did.join('; ') }),
    })),
    texts: [],
  }
}

function backendEvidence(backends: GatewayDecision['backends']): Evidence {
  return {
    kind: 'backends',
    title: phrase('evidence.backends'),
    candidates: backends.map(({ name, weight, verdict, from, to, drawn }, index): Candidate => {
      const isDrawn = drawn !== undefined && verdict === 'won'
      const values = { weight, percent: rounded((to - from) * 100), drawn: rounded(drawn ?? 0) }
      return {
        id: `backend/${index}`,
        name,
        verdict,
        reason: isDrawn
          ? phrase('reason.gateway-weight-drawn', { ...values, from: rounded(from), to: rounded(to) })
          : phrase('reason.gateway-weight', values),
      }
    }),
    texts: [],
  }
}

function podEvidence(outcome: Extract<GatewayDecision['outcome'], { kind: 'proxy' }>): Evidence {
  const { service, port, endpoint, endpoints } = outcome
  return {
    kind: 'upstream',
    title: phrase('evidence.gateway-endpoints', { service: `${service.name}:${port}` }),
    candidates: endpoints.map((each) => {
      const name = `${each.address}:${each.port}`
      const isChosen = each.address === endpoint.address && each.port === endpoint.port
      const reason = phrase(`reason.gateway-endpoint-${isChosen ? 'drawn' : 'other'}`, {
        pod: each.pod?.name ?? '',
      })
      return { id: name, name, verdict: isChosen ? 'won' : 'lost', reason }
    }),
    texts: [],
  }
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
