/**
 * What will answer differently once Ingresses are HTTPRoutes: found by asking both routers the same questions about every host and path,
 * and by reading which annotations have no counterpart.
 */
import type { Cluster } from '../cluster/cluster.ts'
import type { ObjectRef, Origin } from '../cluster/object-ref.ts'
import { sameObject } from '../cluster/object-ref.ts'
import type { Ingress } from '../cluster/objects.ts'
import type { ControllerConfig } from '../ingress/controller-config.ts'
import { annotationOf, annotationPrefix } from '../ingress/location-annotations.ts'
import type { RouteDecision } from '../ingress/route-decision.ts'
import type { JsonObject } from '../manifest/manifest.ts'
import { classNameOf, hasGroups } from './convert-ingresses.ts'
import type { DataPlane } from './data-plane.ts'
import { askGateway, askIngress, proxiesOf, sameAnswer } from './probe-answers.ts'
import type { Probe, ProbeAnswer } from './probe-answers.ts'
import { probesOf, type ProbeTag, type TaggedProbe } from './probes.ts'

/** What a difference is about. */
export type DifferenceTopic =
  | 'regex-letter-case'
  | 'regex-prefix'
  | 'regex-exact'
  | 'regex-order'
  | 'rewrite'
  | 'rewrite-groups'
  | 'slash-redirect'
  | 'tls-redirect'
  | 'redirect'
  | 'wildcard-labels'
  | 'https-without-tls'
  | 'certificate'
  | 'backend-unresolved'
  | 'merged-by-age'
  | 'annotation'
  | 'resource-backend'
  | 'one-address-each'
  | 'other'

/**
 * `differs`: the manifests shown answer `example` otherwise than nginx. `written-out`: they answer as nginx does, because they say what
 * nginx does by itself; `example.gateway` is what a plain HTTPRoute would answer. `not-converted`: nothing in them stands for it.
 */
export interface FoundDifference {
  readonly kind: 'differs' | 'written-out' | 'not-converted'
  readonly topic: DifferenceTopic
  readonly ingress: ObjectRef
  /** What the topic's sentence names: an annotation, a host, a path. */
  readonly about: string
  readonly example?: DifferenceExample
  readonly origin: Origin
}

/** One request and both answers. */
export interface DifferenceExample {
  readonly url: string
  readonly ingress: ProbeAnswer
  readonly gateway: ProbeAnswer
}

/** Everything that is compared. */
export interface Compared {
  readonly cluster: Cluster
  /** Those that were converted, oldest first. */
  readonly ingresses: readonly Ingress[]
  readonly config: ControllerConfig
  readonly converted: readonly JsonObject[]
  readonly plain: readonly JsonObject[]
}

/** The differences, by Ingress, each topic of an Ingress and what it is about once, with its first example. */
export function findDifferences(compared: Compared): readonly FoundDifference[] {
  const converted = proxiesOf(compared.converted, compared.cluster)
  const plain = proxiesOf(compared.plain, compared.cluster)
  const found = compared.ingresses.flatMap((ingress) => {
    const gateway = `${ingress.ref.namespace}/${classNameOf(ingress)}`
    const asked = probesOf(ingress).flatMap(
      (probe) => askBoth(compared, ingress, probe, converted.get(gateway), plain.get(gateway)) ?? [],
    )
    return firstOfEach([...asked, ...notConverted(ingress)])
  })
  return converted.size < 2 ? found : [...found, ...severalAddresses(compared.ingresses, converted.size)]
}

function firstOfEach(found: readonly FoundDifference[]): readonly FoundDifference[] {
  const key = ({ kind, topic, about }: FoundDifference) => `${kind} ${topic} ${about}`
  const keys = found.map(key)
  return found.filter((each, index) => keys.indexOf(key(each)) === index)
}

function askBoth(
  { config, ingresses }: Compared,
  ingress: Ingress,
  probe: TaggedProbe,
  converted: DataPlane | undefined,
  plain: DataPlane | undefined,
): FoundDifference | undefined {
  const nginx = askIngress(config, probe)
  const gateway = askGateway(converted, probe)
  const isSame = sameAnswer(nginx.answer, gateway)
  const shown = isSame ? askGateway(plain, probe) : gateway
  if (isSame && sameAnswer(nginx.answer, shown)) return undefined
  const topic = topicOf(probe, nginx, shown)
  return {
    kind: isSame ? 'written-out' : 'differs',
    topic,
    ...aboutOf(topic, ingress, probe, ingresses),
    example: { url: urlOf(probe), ingress: nginx.answer, gateway: shown },
  }
}

function urlOf({ scheme, host, path }: Probe): string {
  return `${scheme}://${host}${path}`
}

/** What nginx did tells most; else what was asked. */
function topicOf(
  probe: TaggedProbe,
  nginx: { readonly answer: ProbeAnswer; readonly decision: RouteDecision },
  gateway: ProbeAnswer,
): DifferenceTopic {
  if (gateway.kind === 'none' && gateway.why !== 'not-modelled')
    return gateway.why === 'no-listener' || !probe.hasTls ? 'https-without-tls' : 'certificate'
  const { outcome, location } = nginx.decision
  if (outcome.kind === 'respond') {
    const { kind } = outcome.because
    if (kind === 'redirect-https') return 'tls-redirect'
    if (kind === 'redirect-slash') return 'slash-redirect'
    if (kind === 'redirect-annotation' || kind === 'app-root' || kind === 'redirect-www') return 'redirect'
  }
  if (probe.tag === 'more-labels') return 'wildcard-labels'
  if (gateway.kind === 'answer' && gateway.status === 500) return 'backend-unresolved'
  const won = location.candidates.find(({ verdict }) => verdict === 'won')
  if (won?.reason.kind === 'regex-fits') return regexTopic(probe)
  const target = nginx.answer.kind === 'answer' ? nginx.answer.target : undefined
  if (target !== undefined && target !== probe.path) return 'rewrite'
  return probe.tag === 'as-written' ? 'merged-by-age' : 'other'
}

/** A pattern is blind to letter case, open at its end, and knows no Exact. */
function regexTopic({ tag, exact }: TaggedProbe): DifferenceTopic {
  const isLonger = tag === 'below' || tag === 'final-slash' || tag === 'longer-word'
  return exact && isLonger ? 'regex-exact' : regexTopics[tag]
}

const regexTopics: Readonly<Record<ProbeTag, DifferenceTopic>> = {
  'letter-case': 'regex-letter-case',
  'longer-word': 'regex-prefix',
  'as-written': 'regex-order',
  below: 'regex-order',
  'final-slash': 'regex-prefix',
  'no-final-slash': 'regex-order',
  'more-labels': 'wildcard-labels',
}

type About = Pick<FoundDifference, 'ingress' | 'about' | 'origin'>

function aboutOf(
  topic: DifferenceTopic,
  ingress: Ingress,
  probe: TaggedProbe,
  all: readonly Ingress[],
): About {
  const own = (about: string, ...path: Origin['paths'][number]): About => ({
    ingress: ingress.ref,
    about,
    origin: { object: ingress.ref, paths: [path] },
  })
  switch (topic) {
    case 'regex-letter-case':
    case 'regex-prefix':
    case 'regex-exact':
    case 'regex-order':
    case 'rewrite':
    case 'rewrite-groups':
      return regexOrigin(ingress, probe.host, all)
    case 'tls-redirect':
    case 'certificate':
      return own(probe.ruleHost, 'spec', 'tls')
    case 'redirect': {
      const name = ['permanent-redirect', 'temporal-redirect', 'app-root', 'from-to-www-redirect'].find(
        (each) => annotationOf(ingress, each) !== undefined,
      )
      return name === undefined
        ? own(probe.path, ...probe.field)
        : own(name, 'metadata', 'annotations', annotationPrefix + name)
    }
    case 'https-without-tls':
    case 'wildcard-labels':
      return own(probe.ruleHost, 'spec', 'rules', probe.rule, 'host')
    case 'slash-redirect':
    case 'backend-unresolved':
    case 'merged-by-age':
    case 'annotation':
    case 'resource-backend':
    case 'one-address-each':
    case 'other':
      return own(probe.rulePath, ...probe.field)
  }
}

/** The annotation that put the host into regex mode may be another Ingress's. */
function regexOrigin(ingress: Ingress, host: string, all: readonly Ingress[]): About {
  const sharing = all.filter(({ rules }) =>
    rules.some((rule) => rule.host === host || ingress.rules.some((own) => own.host === rule.host)),
  )
  for (const each of [ingress, ...sharing.filter((other) => !sameObject(other.ref, ingress.ref))])
    for (const name of ['use-regex', 'rewrite-target'])
      if (annotationOf(each, name) !== undefined)
        return {
          ingress: ingress.ref,
          about: name,
          origin: { object: each.ref, paths: [['metadata', 'annotations', annotationPrefix + name]] },
        }
  return { ingress: ingress.ref, about: host, origin: { object: ingress.ref, paths: [['spec', 'rules']] } }
}

/** Annotations for which the mapping has something. */
const mapped = new Set(
  (
    'rewrite-target use-regex ssl-redirect force-ssl-redirect permanent-redirect permanent-redirect-code temporal-redirect ' +
    'temporal-redirect-code upstream-vhost x-forwarded-prefix app-root canary canary-weight canary-weight-total canary-by-header ' +
    'canary-by-header-value proxy-read-timeout'
  ).split(' '),
)

function notConverted(ingress: Ingress): readonly FoundDifference[] {
  const annotations = Object.keys(ingress.annotations).filter((key) => key.startsWith(annotationPrefix))
  const target = annotationOf(ingress, 'rewrite-target') ?? ''
  const note = (topic: DifferenceTopic, about: string, path: Origin['paths'][number]): FoundDifference => ({
    kind: 'not-converted',
    topic,
    ingress: ingress.ref,
    about,
    origin: { object: ingress.ref, paths: [path] },
  })
  return [
    ...annotations
      .filter((key) => !mapped.has(key.slice(annotationPrefix.length)))
      .map((key) => note('annotation', key.slice(annotationPrefix.length), ['metadata', 'annotations', key])),
    ...(hasGroups(target)
      ? [note('rewrite-groups', target, ['metadata', 'annotations', `${annotationPrefix}rewrite-target`])]
      : []),
    ...ingress.rules.flatMap(({ paths = [] }, rule) =>
      paths.flatMap(({ path, backend }, index) =>
        backend.service === undefined
          ? [note('resource-backend', path, ['spec', 'rules', rule, 'http', 'paths', index])]
          : [],
      ),
    ),
  ]
}

/** One ingress-nginx has one address for all namespaces; each Gateway has its own. */
function severalAddresses(ingresses: readonly Ingress[], count: number): readonly FoundDifference[] {
  const [first] = ingresses
  if (first === undefined) return []
  return [
    {
      kind: 'not-converted',
      topic: 'one-address-each',
      ingress: first.ref,
      about: String(count),
      origin: { object: first.ref, paths: [['spec', 'ingressClassName']] },
    },
  ]
}
