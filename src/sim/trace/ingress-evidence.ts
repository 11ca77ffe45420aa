/** The controller's choices as evidence: server, location, canary, upstream, in the order in which nginx takes them. */
import type { BalancerReason } from '../ingress/balancing.ts'
import { printEmergency, type ConfigProblem } from '../ingress/config-problem.ts'
import type { Decision, DecisionCandidate, DecisionReason } from '../ingress/decision.ts'
import type { RouteDecision } from '../ingress/route-decision.ts'
import type { UpstreamEndpoint } from '../ingress/virtual-server.ts'
import { phrase, type Phrase } from '../phrase.ts'
import type { Candidate, Evidence } from './trace.ts'

/** All that one decision rests on. */
export function routeEvidence(decision: RouteDecision): readonly Evidence[] {
  const { outcome, canary, notModelled } = decision
  const isHttpsRedirect = outcome.kind === 'respond' && outcome.because.kind === 'redirect-https'
  return [
    decisionEvidence('servers', decision.server, isHttpsRedirect),
    decisionEvidence('locations', decision.location, isHttpsRedirect),
    ...(canary === undefined ? [] : [canaryEvidence(canary)]),
    ...(outcome.kind === 'proxy'
      ? [upstreamEvidence(outcome.upstream, outcome.endpoint, outcome.endpoints, outcome.balancing)]
      : []),
    ...(notModelled.length === 0 ? [] : [annotationEvidence(notModelled)]),
  ]
}

/** What makes nginx refuse the configuration, in its own words. */
export function refusalEvidence(problems: readonly ConfigProblem[]): Evidence {
  return {
    kind: 'servers',
    title: phrase('evidence.refused-config'),
    candidates: [],
    texts: problems.map((problem) => ({ text: printEmergency(problem), marks: [] })),
  }
}

/** One of nginx's choices. */
export function decisionEvidence(
  kind: 'certificates' | 'servers' | 'locations',
  decision: Decision,
  isHttpsRedirect = false,
): Evidence {
  const { nginxConf } = decision
  return {
    kind,
    title: phrase(`evidence.${kind}`),
    candidates: decision.candidates.map(candidateOf),
    texts: nginxConf === '' ? [] : [{ text: nginxConf, marks: decidingLines(nginxConf, isHttpsRedirect) }],
  }
}

function candidateOf({ name, verdict, reason, ingress, backend }: DecisionCandidate): Candidate {
  const owner = ingress && `${ingress.namespace}/${ingress.name}`
  const about = backend === undefined ? owner : `${owner ?? '–'} → ${backend.name}:${backend.port}`
  return { id: name, name, verdict, reason: reasonPhrase(reason), ...(about !== undefined && { about }) }
}

/** The lines of a block that make out where a request goes and as what. */
function decidingLines(nginxConf: string, isHttpsRedirect: boolean): readonly string[] {
  const lines = nginxConf.split('\n').map((line) => line.trim())
  return lines.filter(
    (line) =>
      (deciding.test(line) && line !== 'set $proxy_upstream_name "-";') ||
      (isHttpsRedirect && /^set \$(force_)?ssl_redirect "true";$/.test(line)),
  )
}

const deciding =
  /^(server_name |location |set \$(ingress_name|service_name|service_port|proxy_upstream_name) |rewrite "|return |proxy_pass |if \(|deny |proxy_set_header (Host +"|X-Forwarded-Prefix))/

/** Which of the two upstreams gets the request, and what said so. */
function canaryEvidence({
  main,
  canary,
  taken,
  reason: { kind, ...values },
}: NonNullable<RouteDecision['canary']>): Evidence {
  const told = phrase(`reason.canary-${kind}`, values)
  const draw =
    'drawn' in values
      ? { draw: { drawn: values.drawn / values.total, probability: values.weight / values.total } }
      : {}
  const candidate = (name: string, won: boolean): Candidate => ({
    id: name,
    name,
    verdict: won ? 'won' : 'lost',
    reason: won ? told : phrase('reason.canary-other'),
  })
  return {
    kind: 'upstream',
    title: phrase('evidence.canary'),
    candidates: [{ ...candidate(canary, taken), ...draw }, candidate(main, !taken)],
    texts: [],
  }
}

/** The balancer's choice: one of the upstream's members. */
function upstreamEvidence(
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

function annotationEvidence(names: readonly string[]): Evidence {
  return {
    kind: 'locations',
    title: phrase('evidence.annotations'),
    candidates: names.map((name) => ({
      id: name,
      name,
      verdict: 'unknown',
      reason: phrase('reason.annotation-not-modelled'),
    })),
    texts: [],
  }
}

/** The sentence behind a reason; its fields are the sentence's values. */
function reasonPhrase(reason: DecisionReason): Phrase {
  const { kind, ...values } = reason
  return phrase(`reason.nginx-${kind}`, values)
}
