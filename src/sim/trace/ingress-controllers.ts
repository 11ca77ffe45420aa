/** Each ingress controller's model of its nginx, and its fake certificate. */
import type { Cluster } from '../cluster/cluster.ts'
import { controllerConfigMap, controllerFlags } from '../cluster/ingress-controller-pod.ts'
import { objectKey } from '../cluster/object-ref.ts'
import type { Pod } from '../cluster/objects.ts'
import { certificateSecrets } from '../ingress/certificate-secrets.ts'
import { buildControllerConfig, type ControllerConfig } from '../ingress/controller-config.ts'
import { readControllerSettings } from '../ingress/controller-settings.ts'
import type { SignedCertificate } from '../tls/certificate.ts'
import { fakeCertificate } from '../tls/fake-certificate.ts'

const configs = new WeakMap<Cluster, Map<string, ControllerConfig>>()

/** The controller's configuration; the same cluster gives the same object. */
export function controllerConfig(cluster: Cluster, pod: Pod): ControllerConfig {
  const ofCluster = configs.get(cluster) ?? new Map<string, ControllerConfig>()
  configs.set(cluster, ofCluster)
  const key = objectKey(pod.ref)
  const config =
    ofCluster.get(key) ??
    buildControllerConfig({
      ingresses: cluster.ingresses,
      ingressClasses: cluster.ingressClasses,
      services: cluster.services,
      endpointSlices: cluster.endpointSlices,
      secrets: certificateSecrets(cluster.secrets),
      namespaces: cluster.namespaces,
      controller: readControllerSettings(controllerFlags(pod), controllerConfigMap(pod, cluster.configMaps)),
    })
  ofCluster.set(key, config)
  return config
}

const fakes = new WeakMap<Pod, SignedCertificate>()

/** The certificate that the controller made for itself when its Pod started. */
export function fakeCertificateOf(cluster: Cluster, pod: Pod): SignedCertificate {
  const known = fakes.get(pod)
  if (known !== undefined) return known
  const made = fakeCertificate(cluster.seed, pod.createdAtMs, objectKey(pod.ref))
  fakes.set(pod, made)
  return made
}
