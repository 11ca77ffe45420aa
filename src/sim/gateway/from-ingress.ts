/**
 * "Show me this as an HTTPRoute": the Gateways and HTTPRoutes that a cluster's Ingresses become, and what will answer otherwise. Every
 * example is computed: the same request goes through the model of ingress-nginx and through that of a Gateway.
 */
import type { Cluster } from '../cluster/cluster.ts'
import { classControllerOf, controllerConfigMap, controllerFlags } from '../cluster/ingress-controller-pod.ts'
import type { ObjectRef } from '../cluster/object-ref.ts'
import { becauseOf } from '../cluster/origin.ts'
import type { Ingress } from '../cluster/objects.ts'
import { openStream } from '../draw.ts'
import { certificateSecrets } from '../ingress/certificate-secrets.ts'
import { buildControllerConfig, type ControllerConfig } from '../ingress/controller-config.ts'
import { readControllerSettings, type ControllerSettings } from '../ingress/controller-settings.ts'
import { inControllerOrder } from '../ingress/ingress-claims.ts'
import { routeRequest } from '../ingress/route-request.ts'
import { takesIngress } from '../ingress/takes-ingress.ts'
import type { JsonObject } from '../manifest/manifest.ts'
import type { Because } from '../trace/trace.ts'
import { convertIngresses, type ConvertedIngresses } from './convert-ingresses.ts'
import { findDifferences, type FoundDifference } from './ingress-differences.ts'
import { CLIENT } from './probe-answers.ts'

/** What the Ingresses become. */
export interface IngressConversion {
  /** In wire form, each Gateway before its HTTPRoutes. */
  readonly objects: readonly JsonObject[]
  /** By Ingress, in the order of the Ingresses. */
  readonly differences: readonly ConversionDifference[]
  /** Those that were converted, oldest first. */
  readonly ingresses: readonly ObjectRef[]
}

export interface ConversionDifference extends Omit<FoundDifference, 'origin'> {
  readonly because: readonly Because[]
}

/**
 * Converts the Ingresses of a cluster that its ingress-nginx takes (or would take, with its defaults, where none runs).
 * @param namespace all where absent
 */
export function conversionOf(cluster: Cluster, namespace?: string): IngressConversion {
  const settings = settingsOf(cluster)
  const ingresses = inControllerOrder(
    cluster.ingresses.filter(
      (ingress) =>
        (namespace ?? ingress.ref.namespace) === ingress.ref.namespace &&
        takesIngress(ingress, cluster.ingressClasses, settings, cluster.namespaces).taken,
    ),
  )
  const config = buildControllerConfig({
    ...cluster,
    secrets: certificateSecrets(cluster.secrets),
    controller: settings,
  })
  const from: ConvertedIngresses = {
    ingresses,
    services: cluster.services,
    settings,
    slashRedirect: (host, path) => redirectsForSlash(config, host, path),
  }
  const objects = convertIngresses(from, 'faithful')
  const found = findDifferences({
    cluster,
    ingresses,
    config,
    converted: objects,
    plain: convertIngresses(from, 'plain'),
  })
  return {
    objects,
    differences: found.map(({ origin, ...difference }) => ({
      ...difference,
      because: becauseOf(cluster, origin),
    })),
    ingresses: ingresses.map(({ ref }: Ingress) => ref),
  }
}

/** As the controller's Pod is set up, else by default. */
function settingsOf(cluster: Cluster): ControllerSettings {
  const pod = cluster.pods.find((each) => classControllerOf(each) !== undefined)
  return pod === undefined
    ? readControllerSettings()
    : readControllerSettings(controllerFlags(pod), controllerConfigMap(pod, cluster.configMaps))
}

function redirectsForSlash(config: ControllerConfig, host: string, path: string): boolean {
  // Over https nothing is sent to https first.
  const request = {
    scheme: 'https',
    host: host === '' ? 'any.invalid' : host.replace(/^\*/, 'a'),
    target: path,
    method: 'GET',
    headers: [],
    clientAddress: CLIENT,
    atMs: 0,
  } as const
  const { outcome } = routeRequest(config, request, openStream(0, path))
  return outcome.kind === 'respond' && outcome.because.kind === 'redirect-slash'
}
