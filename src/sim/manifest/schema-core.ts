/**
 * Fields of the core types, `name type` parted by `;` (k8s.io/api core/v1, 1.32). Type names are Go's: the server's messages name them.
 * Types: string, int32, int64, bool, quantity, intOrString, any; `[]T`, `{}T` (a map of T), or another row. What never touches
 * the network (volumes, security contexts, affinity) is `any`: its fields are not checked.
 */
export const coreTypes: Readonly<Record<string, string>> = {
  ObjectMeta:
    'name string; generateName string; namespace string; selfLink string; uid string; resourceVersion string; generation int64; ' +
    'creationTimestamp string; deletionTimestamp string; deletionGracePeriodSeconds int64; labels {}string; annotations {}string; ' +
    'ownerReferences []OwnerReference; finalizers []string; managedFields []any',
  OwnerReference:
    'apiVersion string; kind string; name string; uid string; controller bool; blockOwnerDeletion bool',
  Namespace: 'spec NamespaceSpec; status any',
  NamespaceSpec: 'finalizers []string',
  Node: 'spec NodeSpec; status NodeStatus',
  NodeSpec:
    'podCIDR string; podCIDRs []string; providerID string; unschedulable bool; taints []Taint; configSource any; externalID string',
  Taint: 'key string; value string; effect string; timeAdded string',
  NodeStatus:
    'capacity {}quantity; allocatable {}quantity; phase string; conditions []any; addresses []NodeAddress; daemonEndpoints any; ' +
    'nodeInfo any; images []any; volumesInUse []string; volumesAttached []any; config any; runtimeHandlers []any; features any',
  NodeAddress: 'type string; address string',
  Pod: 'spec PodSpec; status PodStatus',
  PodTemplateSpec: 'metadata ObjectMeta; spec PodSpec',
  PodSpec:
    'volumes []any; initContainers []Container; containers []Container; ephemeralContainers []any; restartPolicy string; ' +
    'terminationGracePeriodSeconds int64; activeDeadlineSeconds int64; dnsPolicy string; nodeSelector {}string; ' +
    'serviceAccountName string; serviceAccount string; automountServiceAccountToken bool; nodeName string; hostNetwork bool; ' +
    'hostPID bool; hostIPC bool; shareProcessNamespace bool; securityContext any; imagePullSecrets []any; hostname string; ' +
    'subdomain string; affinity any; schedulerName string; tolerations []Toleration; hostAliases []HostAlias; ' +
    'priorityClassName string; priority int32; dnsConfig PodDNSConfig; readinessGates []any; runtimeClassName string; ' +
    'enableServiceLinks bool; preemptionPolicy string; overhead {}quantity; topologySpreadConstraints []any; ' +
    'setHostnameAsFQDN bool; os any; hostUsers bool; schedulingGates []any; resourceClaims []any; resources any',
  Toleration: 'key string; operator string; value string; effect string; tolerationSeconds int64',
  HostAlias: 'ip string; hostnames []string',
  PodDNSConfig: 'nameservers []string; searches []string; options []PodDNSConfigOption',
  PodDNSConfigOption: 'name string; value string',
  Container:
    'name string; image string; command []string; args []string; workingDir string; ports []ContainerPort; envFrom []any; ' +
    'env []EnvVar; resources ResourceRequirements; resizePolicy []any; restartPolicy string; volumeMounts []VolumeMount; ' +
    'volumeDevices []any; livenessProbe Probe; readinessProbe Probe; startupProbe Probe; lifecycle any; ' +
    'terminationMessagePath string; terminationMessagePolicy string; imagePullPolicy string; securityContext any; stdin bool; ' +
    'stdinOnce bool; tty bool',
  ContainerPort: 'name string; hostPort int32; containerPort int32; protocol string; hostIP string',
  EnvVar: 'name string; value string; valueFrom any',
  ResourceRequirements: 'limits {}quantity; requests {}quantity; claims []any',
  VolumeMount:
    'name string; readOnly bool; recursiveReadOnly string; mountPath string; subPath string; mountPropagation string; ' +
    'subPathExpr string',
  Probe:
    'exec ExecAction; httpGet HTTPGetAction; tcpSocket TCPSocketAction; grpc GRPCAction; initialDelaySeconds int32; ' +
    'timeoutSeconds int32; periodSeconds int32; successThreshold int32; failureThreshold int32; terminationGracePeriodSeconds int64',
  ExecAction: 'command []string',
  HTTPGetAction: 'path string; port intOrString; host string; scheme string; httpHeaders []HTTPHeader',
  HTTPHeader: 'name string; value string',
  TCPSocketAction: 'port intOrString; host string',
  GRPCAction: 'port int32; service string',
  PodStatus:
    'observedGeneration int64; phase string; conditions []any; message string; reason string; nominatedNodeName string; ' +
    'hostIP string; hostIPs []any; podIP string; podIPs []any; startTime string; initContainerStatuses []any; ' +
    'containerStatuses []any; qosClass string; ephemeralContainerStatuses []any; resize string; resourceClaimStatuses []any',
  Service: 'spec ServiceSpec; status any',
  ServiceSpec:
    'ports []ServicePort; selector {}string; clusterIP string; clusterIPs []string; type string; externalIPs []string; ' +
    'sessionAffinity string; loadBalancerIP string; loadBalancerSourceRanges []string; externalName string; ' +
    'externalTrafficPolicy string; healthCheckNodePort int32; publishNotReadyAddresses bool; ' +
    'sessionAffinityConfig SessionAffinityConfig; ipFamilies []string; ipFamilyPolicy string; ' +
    'allocateLoadBalancerNodePorts bool; loadBalancerClass string; internalTrafficPolicy string; trafficDistribution string',
  ServicePort:
    'name string; protocol string; appProtocol string; port int32; targetPort intOrString; nodePort int32',
  SessionAffinityConfig: 'clientIP ClientIPConfig',
  ClientIPConfig: 'timeoutSeconds int32',
  Endpoints: 'subsets []EndpointSubset',
  EndpointSubset:
    'addresses []EndpointAddress; notReadyAddresses []EndpointAddress; ports []CoreEndpointPort',
  EndpointAddress: 'ip string; hostname string; nodeName string; targetRef any',
  CoreEndpointPort: 'name string; port int32; protocol string; appProtocol string',
  ConfigMap: 'data {}string; binaryData {}string; immutable bool',
  Secret: 'data {}string; stringData {}string; type string; immutable bool',
}
