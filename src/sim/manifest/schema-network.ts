/**
 * Fields of the network's own types, in the notation of `schema-core.ts`: networking.k8s.io/v1 and discovery.k8s.io/v1 (1.32),
 * kubeadm and kube-proxy configuration, and the custom resources that the simulator reads (Calico, MetalLB, ExternalDNS).
 */
export const networkTypes: Readonly<Record<string, string>> = {
  Ingress: 'spec IngressSpec; status any',
  IngressSpec:
    'ingressClassName string; defaultBackend IngressBackend; tls []IngressTLS; rules []IngressRule',
  IngressTLS: 'hosts []string; secretName string',
  IngressRule: 'host string; http HTTPIngressRuleValue',
  HTTPIngressRuleValue: 'paths []HTTPIngressPath',
  HTTPIngressPath: 'path string; pathType string; backend IngressBackend',
  IngressBackend: 'service IngressServiceBackend; resource any',
  IngressServiceBackend: 'name string; port ServiceBackendPort',
  ServiceBackendPort: 'name string; number int32',
  IngressClass: 'spec IngressClassSpec',
  IngressClassSpec: 'controller string; parameters any',
  NetworkPolicy: 'spec NetworkPolicySpec; status any',
  NetworkPolicySpec:
    'podSelector LabelSelector; ingress []NetworkPolicyIngressRule; egress []NetworkPolicyEgressRule; policyTypes []string',
  NetworkPolicyIngressRule: 'ports []NetworkPolicyPort; from []NetworkPolicyPeer',
  NetworkPolicyEgressRule: 'ports []NetworkPolicyPort; to []NetworkPolicyPeer',
  NetworkPolicyPort: 'protocol string; port intOrString; endPort int32',
  NetworkPolicyPeer: 'podSelector LabelSelector; namespaceSelector LabelSelector; ipBlock IPBlock',
  IPBlock: 'cidr string; except []string',
  EndpointSlice: 'addressType string; endpoints []Endpoint; ports []EndpointPort',
  Endpoint:
    'addresses []string; conditions EndpointConditions; hostname string; targetRef any; deprecatedTopology {}string; ' +
    'nodeName string; zone string; hints EndpointHints',
  EndpointConditions: 'ready bool; serving bool; terminating bool',
  EndpointHints: 'forZones []any; forNodes []any',
  EndpointPort: 'name string; protocol string; port int32; appProtocol string',
  KubeProxyConfiguration:
    'featureGates {}bool; clientConnection any; logging any; hostnameOverride string; bindAddress string; ' +
    'healthzBindAddress string; metricsBindAddress string; bindAddressHardFail bool; enableProfiling bool; ' +
    'showHiddenMetricsForVersion string; mode string; iptables KubeProxyIPTablesConfiguration; ipvs KubeProxyIPVSConfiguration; nftables any; winkernel any; ' +
    'detectLocalMode string; detectLocal any; clusterCIDR string; nodePortAddresses []string; oomScoreAdj int32; ' +
    'conntrack any; configSyncPeriod string; portRange string; windowsRunAsService bool; udpIdleTimeout string',
  KubeProxyIPTablesConfiguration:
    'masqueradeBit int32; masqueradeAll bool; localhostNodePorts bool; syncPeriod string; minSyncPeriod string',
  KubeProxyIPVSConfiguration:
    'syncPeriod string; minSyncPeriod string; scheduler string; excludeCIDRs []string; strictARP bool; ' +
    'tcpTimeout string; tcpFinTimeout string; udpTimeout string',
  ClusterConfiguration:
    'etcd any; networking Networking; kubernetesVersion string; controlPlaneEndpoint string; apiServer any; ' +
    'controllerManager any; scheduler any; dns any; proxy any; certificatesDir string; imageRepository string; featureGates {}bool; ' +
    'clusterName string; encryptionAlgorithm string; certificateValidityPeriod string; caCertificateValidityPeriod string',
  Networking: 'serviceSubnet string; podSubnet string; dnsDomain string',
  IPPool: 'spec IPPoolSpec',
  IPPoolSpec:
    'cidr string; vxlanMode string; ipipMode string; natOutgoing bool; ipip any; nat-outgoing bool; disabled bool; blockSize int32; ' +
    'nodeSelector string; namespaceSelector string; allowedUses []string; disableBGPExport bool; assignmentMode string',
  BlockAffinity: 'spec BlockAffinitySpec',
  BlockAffinitySpec: 'state string; node string; cidr string; deleted any; type string',
  IPAddressPool: 'spec IPAddressPoolSpec; status any',
  IPAddressPoolSpec: 'addresses []string; autoAssign bool; avoidBuggyIPs bool; serviceAllocation any',
  Certificate: 'spec CertificateSpec; status any',
  CertificateSpec:
    'subject any; literalSubject string; commonName string; duration string; renewBefore string; renewBeforePercentage int32; ' +
    'dnsNames []string; ipAddresses []string; uris []string; otherNames []any; emailAddresses []string; secretName string; ' +
    'secretTemplate any; keystores any; issuerRef CertificateIssuerRef; isCA bool; usages []string; privateKey any; ' +
    'signatureAlgorithm string; encodeUsagesInRequest bool; revisionHistoryLimit int32; additionalOutputFormats []any; nameConstraints any',
  CertificateIssuerRef: 'name string; kind string; group string',
  L2Advertisement: 'spec L2AdvertisementSpec; status any',
  L2AdvertisementSpec:
    'ipAddressPools []string; ipAddressPoolSelectors []LabelSelector; nodeSelectors []LabelSelector; interfaces []string',
  DNSEndpoint: 'spec DNSEndpointSpec; status any',
  DNSEndpointSpec: 'endpoints []DNSRecord',
  DNSRecord:
    'dnsName string; recordType string; recordTTL int64; targets []string; labels {}string; providerSpecific []any; ' +
    'setIdentifier string',
}
