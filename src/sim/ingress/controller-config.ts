/**
 * From objects to the controller's model of nginx: virtual servers with their locations, and upstreams with their endpoints.
 * Models getBackendServers and createServers (ingress-nginx v1.15 internal/ingress/controller/controller.go).
 * Left out: server snippets, TLS passthrough, client certificates, `default-backend` by annotation.
 */
import type { ObjectRef } from '../cluster/object-ref.ts'
import type { EndpointSlice, Ingress, IngressClass, Namespace, Service } from '../cluster/objects.ts'
import { attachAffinity } from './attach-affinity.ts'
import { attachCanaries } from './attach-canaries.ts'
import { buildUpstreams } from './build-upstreams.ts'
import { isCanary } from './canary.ts'
import type { ConfigProblem } from './config-problem.ts'
import { configProblems } from './config-problem.ts'
import type { ControllerSettings } from './controller-settings.ts'
import { inControllerOrder } from './ingress-claims.ts'
import { mergeServers } from './merge-servers.ts'
import type { CertificateSecret } from './server-certificate.ts'
import type { LeftReason } from './takes-ingress.ts'
import { takesIngress } from './takes-ingress.ts'
import type { Upstream, VirtualServer } from './virtual-server.ts'

/** What the controller watches. `secrets` absent: none exist. `namespaces`: only `watchNamespaceSelector` reads them. */
export interface ControllerInput {
  readonly ingresses: readonly Ingress[]
  readonly ingressClasses: readonly IngressClass[]
  readonly services: readonly Service[]
  readonly endpointSlices: readonly EndpointSlice[]
  readonly secrets?: readonly CertificateSecret[]
  readonly namespaces?: readonly Namespace[]
  readonly controller: ControllerSettings
}

/** The controller's model. */
export interface ControllerConfig {
  /** By host name as text, as in nginx.conf; one of them is the catch-all. */
  readonly servers: readonly VirtualServer[]
  readonly upstreams: readonly Upstream[]
  readonly settings: ControllerSettings
  /** Ingresses that the controller leaves alone, and why. */
  readonly left: readonly { readonly ingress: ObjectRef; readonly reason: LeftReason }[]
  /** What makes nginx refuse the file; it then keeps running with the one before. */
  readonly problems: readonly ConfigProblem[]
}

/** Builds the model. Ingresses of all namespaces are merged by creation time; nothing in them can make this fail. */
export function buildControllerConfig(input: ControllerInput): ControllerConfig {
  const { controller: settings, secrets = [] } = input
  const verdicts = inControllerOrder(input.ingresses).map((ingress) => ({
    ingress,
    verdict: takesIngress(ingress, input.ingressClasses, settings, input.namespaces),
  }))
  const taken = verdicts.filter(({ verdict }) => verdict.taken).map(({ ingress }) => ingress)
  // A canary makes no server and no location of its own.
  const servers = mergeServers(
    taken.filter((ingress) => !isCanary(ingress)),
    secrets,
    settings,
  )
  return {
    servers,
    upstreams: attachCanaries(
      attachAffinity(buildUpstreams(taken, input, settings), servers, taken),
      servers,
      taken,
    ),
    settings,
    left: verdicts.flatMap(({ ingress, verdict }) =>
      verdict.taken ? [] : [{ ingress: ingress.ref, reason: verdict.reason }],
    ),
    problems: servers.flatMap(configProblems),
  }
}
