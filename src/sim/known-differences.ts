/**
 * What Podpath is known to do otherwise than the real thing: assumptions, simplifications, and what is not modelled. Data alone; the
 * sentences stand in the catalogues under the same ids (`difference.ID.real`, `difference.ID.here`).
 */

/** The part of the system that a difference is about, in the order in which a page lists them. */
export const differenceAreas = [
  'kube-proxy',
  'netfilter',
  'network',
  'names',
  'edge',
  'controllers',
  'programs',
  'time',
] as const

export type DifferenceArea = (typeof differenceAreas)[number]

export interface KnownDifference {
  readonly area: DifferenceArea
  /** `assumed`: nobody says it, so a default stands. `simplified`: done in another way with the same end. `not-modelled`: not done. */
  readonly kind: 'assumed' | 'simplified' | 'not-modelled'
  /** Where the real behaviour is written down: component and file, RFC, or man page. */
  readonly source: string
  /** Whether hops name it; otherwise it stands for every trace. */
  readonly onHops: boolean
}

const differences = {
  'order-of-services': {
    area: 'kube-proxy',
    kind: 'simplified',
    source: 'kubernetes pkg/proxy/iptables/proxier.go, syncProxyRules',
    onHops: true,
  },
  'sync-delay': {
    area: 'kube-proxy',
    kind: 'assumed',
    source: 'kubernetes pkg/proxy/runner, minSyncPeriod',
    onHops: false,
  },
  'ipvs-unmeasured': {
    area: 'kube-proxy',
    kind: 'simplified',
    source: 'Linux net/netfilter/ipvs',
    onHops: true,
  },
  'calico-chains': {
    area: 'netfilter',
    kind: 'not-modelled',
    source: 'projectcalico/calico felix/rules',
    onHops: true,
  },
  'network-policy': {
    area: 'netfilter',
    kind: 'not-modelled',
    source: 'networking.k8s.io/v1 NetworkPolicy',
    onHops: true,
  },
  'full-table-unmeasured': {
    area: 'netfilter',
    kind: 'simplified',
    source: 'Linux net/netfilter/nf_conntrack_core.c, early_drop',
    onHops: false,
  },
  'tcp-windows': {
    area: 'netfilter',
    kind: 'simplified',
    source: 'Linux net/netfilter/nf_conntrack_proto_tcp.c, tcp_in_window',
    onHops: false,
  },
  'conntrack-race': {
    area: 'netfilter',
    kind: 'assumed',
    source: 'Linux net/netfilter/nf_conntrack_core.c, nf_ct_resolve_clash',
    onHops: true,
  },
  'unknown-rules': {
    area: 'netfilter',
    kind: 'not-modelled',
    source: 'iptables-extensions(8), nft(8)',
    onHops: true,
  },
  sctp: {
    area: 'netfilter',
    kind: 'simplified',
    source: 'RFC 9260',
    onHops: false,
  },
  'pod-rules': {
    area: 'netfilter',
    kind: 'not-modelled',
    source: 'istio/istio tools/istio-iptables; linkerd/linkerd2-proxy-init',
    onHops: true,
  },
  'ipset-internals': {
    area: 'netfilter',
    kind: 'simplified',
    source: 'ipset(8), revisions of set types',
    onHops: false,
  },
  overlay: {
    area: 'network',
    kind: 'not-modelled',
    source: 'projectcalico/calico felix/dataplane/linux/ipip_mgr.go',
    onHops: true,
  },
  'vxlan-source-port': {
    area: 'network',
    kind: 'assumed',
    source: 'Linux include/net/udp_tunnel.h, udp_flow_src_port',
    onHops: true,
  },
  'silent-router': { area: 'network', kind: 'assumed', source: 'RFC 1812 §4.3', onHops: true },
  'reverse-path': {
    area: 'network',
    kind: 'not-modelled',
    source: 'Linux net/ipv4/fib_frontend.c, fib_validate_source',
    onHops: true,
  },
  'node-lost': {
    area: 'network',
    kind: 'simplified',
    source: 'kubernetes pkg/controller/nodelifecycle; kube-vip, vip_leaseduration',
    onHops: true,
  },
  'ttl-exceeded': {
    area: 'network',
    kind: 'not-modelled',
    source: 'RFC 1812 §5.3.1; Linux net/ipv4/ip_forward.c',
    onHops: false,
  },
  arp: {
    area: 'network',
    kind: 'simplified',
    source: 'RFC 826; Linux net/ipv4/arp.c',
    onHops: true,
  },
  'load-balancer-node': {
    area: 'network',
    kind: 'assumed',
    source: 'metallb/metallb speaker/layer2_controller.go',
    onHops: true,
  },
  fragments: { area: 'network', kind: 'not-modelled', source: 'RFC 791 §3.2', onHops: false },
  ecn: {
    area: 'network',
    kind: 'not-modelled',
    source: 'RFC 3168; net.ipv4.tcp_ecn',
    onHops: false,
  },
  'ipv6-on-the-wire': { area: 'network', kind: 'simplified', source: 'RFC 4861, RFC 6724', onHops: false },
  'upstream-resolver': {
    area: 'names',
    kind: 'assumed',
    source: 'coredns/coredns plugin/forward',
    onHops: true,
  },
  'resolver-rotate': {
    area: 'names',
    kind: 'not-modelled',
    source: 'resolv.conf(5); glibc resolv/res_send.c',
    onHops: true,
  },
  'node-local-dns': {
    area: 'names',
    kind: 'not-modelled',
    source: 'kubernetes/dns cmd/node-cache',
    onHops: false,
  },
  'corefile-reload': {
    area: 'names',
    kind: 'simplified',
    source: 'coredns/coredns plugin/reload; kubelet’s sync of ConfigMap volumes',
    onHops: false,
  },
  'corefile-environment': {
    area: 'names',
    kind: 'assumed',
    source: 'coredns/caddy caddyfile/parse.go',
    onHops: false,
  },
  'coredns-other-plugins': {
    area: 'names',
    kind: 'not-modelled',
    source: 'coredns/coredns plugin.cfg',
    onHops: true,
  },
  'coredns-hosts-file': {
    area: 'names',
    kind: 'not-modelled',
    source: 'coredns/coredns plugin/hosts',
    onHops: false,
  },
  'coredns-forward-health': {
    area: 'names',
    kind: 'not-modelled',
    source: 'coredns/coredns plugin/forward/health.go',
    onHops: false,
  },
  tls: { area: 'edge', kind: 'not-modelled', source: 'RFC 8446', onHops: true },
  'certificate-keys': {
    area: 'edge',
    kind: 'simplified',
    source: 'cert-manager pkg/util/pki; ingress-nginx internal/net/ssl/ssl.go',
    onHops: false,
  },
  'cert-manager': {
    area: 'controllers',
    kind: 'assumed',
    source: 'cert-manager pkg/controller/certificates',
    onHops: false,
  },
  'trust-store': { area: 'programs', kind: 'assumed', source: 'Debian ca-certificates', onHops: false },
  'gateway-api': {
    area: 'edge',
    kind: 'not-modelled',
    source: 'gateway.networking.k8s.io/v1',
    onHops: false,
  },
  'cookie-affinity': {
    area: 'edge',
    kind: 'not-modelled',
    source: 'kubernetes/ingress-nginx rootfs/etc/nginx/lua/balancer/sticky.lua',
    onHops: false,
  },
  'upstream-keepalive': {
    area: 'edge',
    kind: 'simplified',
    source: 'kubernetes/ingress-nginx upstream-keepalive-connections',
    onHops: true,
  },
  'nginx-annotations': {
    area: 'edge',
    kind: 'not-modelled',
    source: 'kubernetes/ingress-nginx internal/ingress/annotations',
    onHops: true,
  },
  'scheduler-spread': {
    area: 'controllers',
    kind: 'simplified',
    source: 'kubernetes pkg/scheduler/framework/plugins/podtopologyspread',
    onHops: false,
  },
  'readiness-probes': {
    area: 'controllers',
    kind: 'assumed',
    source: 'kubernetes pkg/kubelet/prober',
    onHops: false,
  },
  'grace-period': {
    area: 'controllers',
    kind: 'simplified',
    source: 'kubernetes pkg/kubelet/kuberuntime/kuberuntime_container.go',
    onHops: true,
  },
  'what-listens': {
    area: 'programs',
    kind: 'assumed',
    source: 'the image’s own documentation',
    onHops: true,
  },
  'what-answers': {
    area: 'programs',
    kind: 'assumed',
    source: 'the image’s own documentation',
    onHops: true,
  },
  'apk-download': { area: 'programs', kind: 'not-modelled', source: 'apk(8)', onHops: false },
  latency: { area: 'time', kind: 'assumed', source: 'of the order of a LAN', onHops: false },
  'retransmitted-data': {
    area: 'time',
    kind: 'simplified',
    source: 'Linux Documentation/networking/ip-sysctl.rst, tcp_retries2',
    onHops: true,
  },
} as const satisfies Readonly<Record<string, KnownDifference>>

/** The name of a known difference; it never changes its meaning. */
export type DifferenceId = keyof typeof differences

/** The list, by id. */
export const knownDifferences: Readonly<Record<DifferenceId, KnownDifference>> = differences

/** Their ids, area by area. */
export const differenceIds = Object.keys(differences) as readonly DifferenceId[]
