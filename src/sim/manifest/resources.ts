/**
 * The kinds that the simulator knows: their API versions, plural names and scope, as `kubectl api-resources` lists them
 * (Kubernetes 1.32, Gateway API 1.6, Calico, MetalLB, ExternalDNS, cert-manager). Any other kind is kept as it is.
 */

export interface Resource {
  readonly kind: string
  /** `apps/v1`; the first is the preferred one. */
  readonly apiVersions: readonly string[]
  /** With its group, as the server's messages name it: `deployments.apps`. */
  readonly plural: string
  readonly namespaced: boolean
  /** `state`: it shapes what packets do. `kept`: it never would. `not-modelled`: it would in a real cluster, and does not here. */
  readonly effect: 'state' | 'kept' | 'not-modelled'
}

/** kind, API versions, plural, scope (`ns` or `-`). */
const state = `
ClusterConfiguration kubeadm.k8s.io/v1beta4,kubeadm.k8s.io/v1beta3 clusterconfigurations -
KubeProxyConfiguration kubeproxy.config.k8s.io/v1alpha1 kubeproxyconfigurations -
Namespace v1 namespaces -
Node v1 nodes -
Pod v1 pods ns
Service v1 services ns
Endpoints v1 endpoints ns
ConfigMap v1 configmaps ns
Secret v1 secrets ns
Deployment apps/v1 deployments ns
ReplicaSet apps/v1 replicasets ns
StatefulSet apps/v1 statefulsets ns
DaemonSet apps/v1 daemonsets ns
EndpointSlice discovery.k8s.io/v1 endpointslices ns
Ingress networking.k8s.io/v1 ingresses ns
IngressClass networking.k8s.io/v1 ingressclasses -
GatewayClass gateway.networking.k8s.io/v1,gateway.networking.k8s.io/v1beta1 gatewayclasses -
Gateway gateway.networking.k8s.io/v1,gateway.networking.k8s.io/v1beta1 gateways ns
HTTPRoute gateway.networking.k8s.io/v1,gateway.networking.k8s.io/v1beta1 httproutes ns
ReferenceGrant gateway.networking.k8s.io/v1,gateway.networking.k8s.io/v1beta1 referencegrants ns
IPPool projectcalico.org/v3,crd.projectcalico.org/v1 ippools -
BlockAffinity projectcalico.org/v3,crd.projectcalico.org/v1 blockaffinities -
IPAddressPool metallb.io/v1beta1,metallb.io/v1beta2 ipaddresspools ns
L2Advertisement metallb.io/v1beta1 l2advertisements ns
DNSEndpoint externaldns.k8s.io/v1alpha1 dnsendpoints ns
Certificate cert-manager.io/v1 certificates ns
Issuer cert-manager.io/v1 issuers ns
ClusterIssuer cert-manager.io/v1 clusterissuers -
`

const notModelled = `
NetworkPolicy networking.k8s.io/v1 networkpolicies ns
BGPAdvertisement metallb.io/v1beta1 bgpadvertisements ns
GRPCRoute gateway.networking.k8s.io/v1 grpcroutes ns
TLSRoute gateway.networking.k8s.io/v1,gateway.networking.k8s.io/v1alpha3,gateway.networking.k8s.io/v1alpha2 tlsroutes ns
TCPRoute gateway.networking.k8s.io/v1,gateway.networking.k8s.io/v1alpha2 tcproutes ns
UDPRoute gateway.networking.k8s.io/v1,gateway.networking.k8s.io/v1alpha2 udproutes ns
ListenerSet gateway.networking.k8s.io/v1 listenersets ns
BackendTLSPolicy gateway.networking.k8s.io/v1 backendtlspolicies ns
ReplicationController v1 replicationcontrollers ns
Job batch/v1 jobs ns
CronJob batch/v1 cronjobs ns
`

const kept = `
ServiceAccount v1 serviceaccounts ns
PersistentVolume v1 persistentvolumes -
PersistentVolumeClaim v1 persistentvolumeclaims ns
ResourceQuota v1 resourcequotas ns
LimitRange v1 limitranges ns
Event v1,events.k8s.io/v1 events ns
PodTemplate v1 podtemplates ns
ControllerRevision apps/v1 controllerrevisions ns
Lease coordination.k8s.io/v1 leases ns
HorizontalPodAutoscaler autoscaling/v2,autoscaling/v1,autoscaling/v2beta2 horizontalpodautoscalers ns
PodDisruptionBudget policy/v1 poddisruptionbudgets ns
Role rbac.authorization.k8s.io/v1 roles ns
RoleBinding rbac.authorization.k8s.io/v1 rolebindings ns
ClusterRole rbac.authorization.k8s.io/v1 clusterroles -
ClusterRoleBinding rbac.authorization.k8s.io/v1 clusterrolebindings -
StorageClass storage.k8s.io/v1 storageclasses -
CSIDriver storage.k8s.io/v1 csidrivers -
VolumeAttachment storage.k8s.io/v1 volumeattachments -
PriorityClass scheduling.k8s.io/v1 priorityclasses -
RuntimeClass node.k8s.io/v1 runtimeclasses -
CustomResourceDefinition apiextensions.k8s.io/v1 customresourcedefinitions -
APIService apiregistration.k8s.io/v1 apiservices -
MutatingWebhookConfiguration admissionregistration.k8s.io/v1 mutatingwebhookconfigurations -
ValidatingWebhookConfiguration admissionregistration.k8s.io/v1 validatingwebhookconfigurations -
ValidatingAdmissionPolicy admissionregistration.k8s.io/v1 validatingadmissionpolicies -
ValidatingAdmissionPolicyBinding admissionregistration.k8s.io/v1 validatingadmissionpolicybindings -
InitConfiguration kubeadm.k8s.io/v1beta4,kubeadm.k8s.io/v1beta3 initconfigurations -
JoinConfiguration kubeadm.k8s.io/v1beta4,kubeadm.k8s.io/v1beta3 joinconfigurations -
KubeletConfiguration kubelet.config.k8s.io/v1beta1 kubeletconfigurations -
`

const byKind: ReadonlyMap<string, Resource> = new Map(
  [...rows(state, 'state'), ...rows(notModelled, 'not-modelled'), ...rows(kept, 'kept')].map((resource) => [
    resource.kind,
    resource,
  ]),
)

/** The resource of a kind in exactly this API version. */
export function resourceOf(apiVersion: string, kind: string): Resource | undefined {
  const resource = byKind.get(kind)
  return resource?.apiVersions.includes(apiVersion) === true ? resource : undefined
}

/** The resource of a kind as object references name it. */
export function resourceOfKind(kind: string): Resource | undefined {
  return byKind.get(kind)
}

/**
 * The kind by which object references name an object. Two groups may have a kind of one name (Knative's Service, Istio's Gateway):
 * the one that is not ours is written with its group, `Service.serving.knative.dev`, as kubectl writes it.
 */
export function referenceKind(apiVersion: string, kind: string): string {
  if (resourceOf(apiVersion, kind) !== undefined || !byKind.has(kind)) return kind
  const group = groupOf(apiVersion)
  return group === '' ? kind : `${kind}.${group}`
}

/** Kubernetes' own kind in a version that the server does not have: `extensions/v1beta1` Ingress. */
export function isRemovedVersion(apiVersion: string, kind: string): boolean {
  if (!byKind.has(kind) || resourceOf(apiVersion, kind) !== undefined) return false
  const group = groupOf(apiVersion)
  return !group.includes('.') || group.endsWith('.k8s.io')
}

/** Whether objects of the kind live in a namespace. Kinds that are not known do. */
export function isNamespaced(kind: string): boolean {
  return byKind.get(kind)?.namespaced ?? true
}

/** As the server's messages name objects of a kind: `services`, `deployments.apps`. */
export function pluralOf(kind: string): string {
  return byKind.get(kind)?.plural ?? `${kind.toLowerCase()}s`
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
}

function rows(table: string, effect: Resource['effect']): Resource[] {
  return table
    .trim()
    .split('\n')
    .map((line) => {
      const [kind = '', versions = '', plural = '', scope = ''] = line.split(' ')
      const apiVersions = versions.split(',')
      const group = groupOf(apiVersions[0] ?? '')
      return {
        kind,
        apiVersions,
        plural: group === '' ? plural : `${plural}.${group}`,
        namespaced: scope === 'ns',
        effect,
      }
    })
}
