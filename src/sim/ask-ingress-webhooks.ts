/**
 * The way from the API server to the controller's webhook: which ValidatingWebhookConfigurations are about Ingresses, whether anybody
 * answers, and what comes of a refusal (kubernetes staging/src/k8s.io/apiserver/pkg/admission/plugin/webhook/validating/dispatcher.go).
 * Left out: webhooks of others, `namespaceSelector`, `objectSelector`, `matchConditions`.
 */
import { classControllerOf, controllerConfigMap, controllerFlags } from './cluster/ingress-controller-pod.ts'
import type { IngressReviewer } from './cluster/ingress-reviewer.ts'
import type { ObjectStore } from './cluster/object-store.ts'
import type { Pod, Service } from './cluster/objects.ts'
import { readConfigMap } from './cluster/read-config-map.ts'
import { readIngress, readIngressClass } from './cluster/read-ingress.ts'
import { readNamespace } from './cluster/read-meta.ts'
import { readPod } from './cluster/read-pod.ts'
import { readService } from './cluster/read-service.ts'
import type { FieldProblem } from './manifest/field-problem.ts'
import { listAt, textAt, textsAt } from './manifest/json-fields.ts'
import type { FieldPath, JsonValue } from './manifest/manifest.ts'
import { readControllerSettings } from './ingress/controller-settings.ts'
import { reviewIngress } from './ingress/review-ingress.ts'

/** Asks the webhooks about one Ingress; the first refusal ends it. */
export const askIngressWebhooks: IngressReviewer = (ingress, store) => {
  const webhooks = store
    .ofKind('ValidatingWebhookConfiguration')
    .flatMap(({ body }) => listAt(body, 'webhooks'))
    .filter(isAboutIngresses)
  for (const webhook of webhooks) {
    const name = textAt(webhook, 'name') ?? ''
    const service = serviceOf(webhook, store)
    const pod = service && podBehind(service, store)
    if (pod === undefined) {
      if (textAt(webhook, 'failurePolicy') === 'Ignore') continue
      return [unanswered(name, webhook)]
    }
    // A Pod that runs something else: not modelled, so it admits.
    if (classControllerOf(pod) === undefined) continue
    const configMap = controllerConfigMap(pod, store.ofKind('ConfigMap').map(readConfigMap))
    const refusal = reviewIngress(
      ingress,
      {
        ingresses: store.ofKind('Ingress').map(readIngress),
        ingressClasses: store.ofKind('IngressClass').map(readIngressClass),
        namespaces: store.ofKind('Namespace').map(readNamespace),
        services: [],
        endpointSlices: [],
        controller: readControllerSettings(controllerFlags(pod), configMap),
      },
      configMap,
    )
    if (refusal !== undefined)
      return [
        problem(
          'webhook-denied',
          refusal.path,
          `admission webhook "${name}" denied the request: ${refusal.message}`,
        ),
      ]
  }
  return []
}

function isAboutIngresses(webhook: JsonValue): boolean {
  return listAt(webhook, 'rules').some((rule) => {
    const resources = textsAt(rule, 'resources')
    const operations = textsAt(rule, 'operations')
    return (
      resources.some((each) => each === 'ingresses' || each === '*') &&
      operations.some((each) => each === 'CREATE' || each === '*')
    )
  })
}

function serviceOf(webhook: JsonValue, store: ObjectStore): Service | undefined {
  const namespace = textAt(webhook, 'clientConfig', 'service', 'namespace') ?? ''
  const name = textAt(webhook, 'clientConfig', 'service', 'name') ?? ''
  const service = store.get({ kind: 'Service', namespace, name })
  return service && readService(service)
}

function podBehind({ ref, selector }: Service, store: ObjectStore): Pod | undefined {
  const wanted = Object.entries(selector)
  if (wanted.length === 0) return undefined
  return store
    .ofKind('Pod')
    .filter((pod) => pod.ref.namespace === ref.namespace)
    .map(readPod)
    .find((pod) => pod.ready && wanted.every(([key, value]) => pod.labels[key] === value))
}

function unanswered(name: string, webhook: JsonValue): FieldProblem {
  const at = (field: string) => textAt(webhook, 'clientConfig', 'service', field) ?? ''
  const url = `https://${at('name')}.${at('namespace')}.svc:443${at('path')}?timeout=10s`
  return problem(
    'webhook-failed',
    [],
    `Internal error occurred: failed calling webhook "${name}": failed to call webhook: Post "${url}": ` +
      `no endpoints available for service "${at('name')}"`,
  )
}

function problem(code: 'webhook-denied' | 'webhook-failed', path: FieldPath, message: string): FieldProblem {
  return { severity: 'error', code, path, values: { detail: message }, message }
}
