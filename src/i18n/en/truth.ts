/** English texts of the page "How true is this?". ICU MessageFormat. */
export const truth = {
  'truth.title': 'How true is this?',
  'truth.open': 'How true is this?',
  'truth.lead':
    'What a step shows is worked out as the real component works it out, and every step says how it is known.',
  'truth.proved': 'What was proved',
  'truth.proved.lead': 'By the last proof, of {date}:',
  'truth.proved.golden': 'Golden cases: {area}',
  'truth.proved.kernel': 'Real kernel: {area}',
  'truth.proved.nginx': 'Real nginx {version}: requests over {sets} sets of Ingresses',
  'truth.proved.resolver': 'Real {program}: questions sent to our CoreDNS, and text printed',
  'truth.proved.resolvers':
    'Lookups of real programs: those that people ask about, and {seeds} times a name, resolv.conf and servers at random, with {versions}.',
  'truth.proved.of': '{passed} of {of}',
  'truth.proved.random':
    '{clusters} clusters at random, {flows} flows each, on Linux {kernel}, {iptables}, {nft}: who answered, whom it saw, what was refused or lost.',
  'truth.proved.none': 'not run',
  'truth.proved.failed': 'A proof that has failures shows them here; nothing is left out.',
  'truth.kernel.iptables': 'flows in iptables mode',
  'truth.kernel.nftables': 'flows in nftables mode',
  'truth.kernel.round-trip': 'rules loaded, and printed back unchanged',
  'truth.kernel.memory': 'shares, stickiness, affinity, open connections, other routes',
  'truth.kernel.conntrack': 'conntrack -L, entry by entry',
  'truth.kernel.ration': 'bursts under the ration of ICMP errors',
  'truth.kernel.random': 'flows at random',
  'truth.differences': 'Known differences from the real thing',
  'truth.differences.count': '{shown} of {total}',
  'truth.filter': 'Filter the differences',
  'truth.filter.placeholder': 'conntrack, TLS …',
  'truth.none': 'No difference in the list speaks of “{filter}”.',
  'truth.real': 'Really',
  'truth.here': 'Here',
  'truth.source': 'Source',
  'truth.onStep': '{count, plural, one {# known difference} other {# known differences}} at this step:',
  'truth.kind.assumed': 'assumed',
  'truth.kind.simplified': 'simplified',
  'truth.kind.not-modelled': 'not modelled',
  'truth.area.kube-proxy': 'kube-proxy',
  'truth.area.netfilter': 'netfilter',
  'truth.area.network': 'Network',
  'truth.area.names': 'Names',
  'truth.area.edge': 'Ingress and TLS',
  'truth.area.controllers': 'Controllers',
  'truth.area.programs': 'Programs',
  'truth.area.time': 'Time',
  'difference.order-of-services.title': 'The order of Services in KUBE-SERVICES',
  'difference.order-of-services.real':
    'kube-proxy writes them in the random order of a Go map, which may change at every sync.',
  'difference.order-of-services.here':
    'They stand sorted by name. Which rule matches is the same; how many are tried before it is not.',
  'difference.sync-delay.title': 'How soon rules follow a change',
  'difference.sync-delay.real':
    'The EndpointSlice controller and kube-proxy need from some ten milliseconds to seconds.',
  'difference.sync-delay.here': '200 ms, always.',
  'difference.ipvs-unmeasured.title': 'IPVS was not compared with a kernel',
  'difference.ipvs-unmeasured.real': 'The kernel’s ip_vs schedules, rewrites and answers.',
  'difference.ipvs-unmeasured.here': 'Modelled from its source; the machine of the proofs has no ip_vs.',
  'difference.full-table-unmeasured.title': 'A full conntrack table was not compared with a kernel',
  'difference.full-table-unmeasured.real':
    'A new connection takes the place of one that is not assured, or is dropped where there is none.',
  'difference.full-table-unmeasured.here':
    'Modelled from its source: a kernel has one limit for all its namespaces, so the proofs cannot set it.',
  'difference.calico-chains.title': 'Calico’s own chains',
  'difference.calico-chains.real':
    'felix keeps cali-… chains before kube-proxy’s: policies, marks, its own failsafes.',
  'difference.calico-chains.here':
    'Of them only natOutgoing and what the tunnel needs are written; a pasted dump brings the others along.',
  'difference.network-policy.title': 'NetworkPolicy',
  'difference.network-policy.real': 'The network plugin turns it into rules that drop.',
  'difference.network-policy.here': 'Kept and listed, without effect.',
  'difference.tcp-windows.title': 'Sequence numbers and windows of TCP',
  'difference.tcp-windows.real': 'conntrack calls a segment outside the window INVALID.',
  'difference.tcp-windows.here':
    'Segments are told apart by their flags; a segment that comes is in its window.',
  'difference.overlay.title': 'Overlays other than Calico’s VXLAN',
  'difference.overlay.real':
    'IPIP wraps packets too, and so does VXLAN for IPv6; another network plugin has its own way to the nodes of another subnet.',
  'difference.overlay.here': 'The way ends there with “not known”.',
  'difference.vxlan-source-port.title': 'The source port of a VXLAN packet',
  'difference.vxlan-source-port.real':
    'A hash of the inner packet’s flow, keyed at random when the kernel starts.',
  'difference.vxlan-source-port.here': 'Another hash: of the same range, and the same for a whole flow.',
  'difference.silent-router.title': 'What the LAN’s router says',
  'difference.silent-router.real':
    'Some routers answer ICMP net unreachable, some say nothing, some have a default route.',
  'difference.silent-router.here':
    'It knows its LANs alone and says nothing, unless a Node says otherwise (podpath.dev/router).',
  'difference.node-lost.title': 'A node from which nobody hears',
  'difference.node-lost.real':
    'Ready becomes Unknown some 40 s after the last word; whether the machine is off its LAN nobody can tell from that. Its Pods are deleted after five minutes more, and a VIP needs a few seconds to move.',
  'difference.node-lost.here':
    'Ready: Unknown also takes the machine off its LAN, and everything has followed at once. Its Pods stay, not ready.',
  'difference.load-balancer-node.title': 'Which node announces a load balancer’s address',
  'difference.load-balancer-node.real':
    'Whatever balancer the cluster has decides: MetalLB on the LAN or by BGP, a cloud’s own.',
  'difference.load-balancer-node.here':
    'As MetalLB’s layer 2 mode does, by pools and L2Advertisements; where the cluster shows no speaker’s Pod, one is assumed on every node that is ready. Any other balancer is not modelled, and the trace says so.',
  'difference.fragments.title': 'Fragments and MTU',
  'difference.fragments.real': 'A packet over the MTU is fragmented or refused with ICMP.',
  'difference.fragments.here': 'Every packet fits.',
  'difference.ipv6-on-the-wire.title': 'IPv6 on the wire',
  'difference.ipv6-on-the-wire.real':
    'Neighbours are found by ICMPv6; a name with a global IPv6 address is asked there first; Calico can wrap IPv6 too.',
  'difference.ipv6-on-the-wire.here':
    'Packets go by IPv6 where an address is one. Neighbours are known, a name gives IPv4 first, and a wrapped IPv6 packet is not modelled.',
  'difference.upstream-resolver.title': 'The resolver above CoreDNS',
  'difference.upstream-resolver.real': 'It answers for the world outside.',
  'difference.upstream-resolver.here':
    'Out of reach, as in a closed classroom: SERVFAIL for names outside the cluster.',
  'difference.tls.title': 'TLS beyond the ingress controller and podpath.dev/listen',
  'difference.tls.real':
    'Programs speak TLS or do not, ask for client certificates, or let it pass through; versions and ciphers are agreed on.',
  'difference.tls.here':
    'A request to what nobody says speaks TLS, or to a certificate of an unknown algorithm, ends “not known”. Versions and ciphers are always the same.',
  'difference.certificate-keys.title': 'Keys of certificates',
  'difference.certificate-keys.real':
    'cert-manager makes RSA keys of 2048 bits unless told otherwise; the fake certificate has a new key at each start.',
  'difference.certificate-keys.here':
    'Certificates get ECDSA P-256 keys, by seed; the fake certificate’s RSA key is always the same.',
  'difference.cert-manager.title': 'cert-manager',
  'difference.cert-manager.real': 'It is installed, and its controllers take their time.',
  'difference.cert-manager.here':
    'It is at work wherever its objects are, at once: issuers of the kinds selfSigned and ca; no others, and no annotations on Ingresses.',
  'difference.trust-store.title': 'Whom clients trust',
  'difference.trust-store.real': 'Debian and Alpine bring some 140 public authorities.',
  'difference.trust-store.here':
    'None of them is there, since they sign for nobody in a cluster. The laptop trusts what Secret cert-manager/classroom-ca holds.',
  'difference.gateway-api.title': 'Other Gateway controllers and kinds of Route',
  'difference.gateway-api.real':
    'Each controller brings a proxy of its own, and many carry out GRPCRoute, TLSRoute, TCPRoute, ListenerSet, CORS and extensions.',
  'difference.gateway-api.here':
    'A GatewayClass of podpath.dev/gateway has a proxy, for HTTPRoutes; what it answers itself is as Envoy does. Other classes wait for their controller.',
  'difference.cookie-affinity.title': 'Cookie affinity of ingress-nginx',
  'difference.cookie-affinity.real': 'A cookie keeps a client with its Pod.',
  'difference.cookie-affinity.here': 'Each request is balanced anew.',
  'difference.scheduler-spread.title': 'Where Pods go',
  'difference.scheduler-spread.real': 'The scheduler weighs a dozen plugins and the nodes’ load.',
  'difference.scheduler-spread.here': 'Spread evenly over the nodes that fit, by seed.',
  'difference.readiness-probes.title': 'Readiness probes',
  'difference.readiness-probes.real': 'kubelet asks, and a Pod that fails leaves the endpoints.',
  'difference.readiness-probes.here': 'They succeed, unless the Pod’s status says otherwise.',
  'difference.grace-period.title': 'A Pod that is deleted',
  'difference.grace-period.real': 'SIGTERM, up to 30 s in which it may still serve, then SIGKILL.',
  'difference.grace-period.here': 'It is gone at once, as with --grace-period=0 --force.',
  'difference.what-listens.title': 'What a container listens on',
  'difference.what-listens.real': 'Its program decides; no manifest says it.',
  'difference.what-listens.here':
    'Its containerPorts, else what its environment, probes or well-known image tell; podpath.dev/listen says it for certain.',
  'difference.what-answers.title': 'What a program answers',
  'difference.what-answers.real': 'Whatever it was written for.',
  'difference.what-answers.here': 'As its image would by default; podpath.dev/http says otherwise.',
  'difference.apk-download.title': 'apk add',
  'difference.apk-download.real': 'Packages are downloaded.',
  'difference.apk-download.here': 'They appear without a download, even in the closed network.',
  'difference.latency.title': 'How long things take',
  'difference.latency.real': 'It depends on machines and load.',
  'difference.latency.here': '0.01 ms in a host, 0.01 ms over a veth, 0.15 ms across the LAN, each way.',
  'difference.conntrack-race.title': 'Two questions that race in conntrack',
  'difference.conntrack-race.real':
    'Two CPUs must take the two packets within microseconds: a few lookups in a thousand on a busy node. Since Linux 5.6 the second packet may keep an entry of its own, and is no longer dropped.',
  'difference.conntrack-race.here':
    'Not at all, unless the fault is switched on in the request’s details; then every pair meets it, on a kernel from 5.0 to 5.5.',
  'difference.unknown-rules.title': 'Rules that are not evaluated',
  'difference.unknown-rules.real':
    'Kernels have matches and targets by the hundred, and modules can add more.',
  'difference.unknown-rules.here':
    'What kube-proxy, kubelet, Calico, flannel, Docker and a mesh write is evaluated; another rule ends the way “not known”.',
  'difference.sctp.title': 'SCTP on the wire',
  'difference.sctp.real':
    'Programs open associations, with several streams and several addresses at both ends.',
  'difference.sctp.here':
    'A request opens an association of one address at either end and shuts it down; nothing is sent over it. It follows the sources: the kernel of the proofs has no SCTP.',
  'difference.pod-rules.title': 'Rules in a Pod’s own network namespace',
  'difference.pod-rules.real':
    'A service mesh’s init container, or its CNI plugin, writes rules there that lead connections through the sidecar.',
  'difference.pod-rules.here':
    'They are not known: what such a Pod sends and gets ends there with “not known”.',
  'difference.ipset-internals.title': 'What ipset list says of memory',
  'difference.ipset-internals.real': 'Hash sizes, bucket sizes and seeds as the kernel has them.',
  'difference.ipset-internals.here': 'Of 64-bit kernels, without the numbers that are chance.',
  'difference.reverse-path.title': 'Reverse-path filters',
  'difference.reverse-path.real':
    'A kernel with rp_filter 1 drops a packet whose answer would leave by another interface.',
  'difference.reverse-path.here': 'As with rp_filter 0: every packet may come by every way.',
  'difference.ttl-exceeded.title': 'A packet whose TTL is used up',
  'difference.ttl-exceeded.real':
    'The router drops it and sends ICMP time exceeded: that is how traceroute works.',
  'difference.ttl-exceeded.here': 'It is dropped, and nothing is sent.',
  'difference.arp.title': 'ARP',
  'difference.arp.real':
    'Who wants to send on a LAN asks it for the address’s MAC first, and keeps the answer for a while.',
  'difference.arp.here':
    'The owner is found at once; only that nobody answers is told, with its three seconds.',
  'difference.ecn.title': 'ECN',
  'difference.ecn.real': 'Routers may mark packets instead of dropping them, and both ends slow down.',
  'difference.ecn.here': 'No packet is marked, and no link is ever full.',
  'difference.resolver-rotate.title': 'options rotate in resolv.conf',
  'difference.resolver-rotate.real': 'glibc asks the name servers in turns.',
  'difference.resolver-rotate.here': 'It asks the first one first, as without the option.',
  'difference.node-local-dns.title': 'NodeLocal DNSCache',
  'difference.node-local-dns.real':
    'A cache on every node answers its Pods. Its rules in raw leave those packets untracked, so nothing can race in conntrack, and it asks CoreDNS over TCP.',
  'difference.node-local-dns.here':
    'Its DaemonSet is a workload like any other: its Pods cache nothing and write no rules.',
  'difference.corefile-reload.title': 'How soon CoreDNS sees a changed Corefile',
  'difference.corefile-reload.real':
    'kubelet writes a changed ConfigMap into the Pod within a minute or so, and CoreDNS looks at the file every 30 s.',
  'difference.corefile-reload.here': 'At once.',
  'difference.corefile-environment.title': 'Variables in the Corefile',
  'difference.corefile-environment.real':
    '$NAME in braces is what CoreDNS’s container has in its environment.',
  'difference.corefile-environment.here': 'Empty: the environment is not read.',
  'difference.coredns-other-plugins.title': 'Other plugins of CoreDNS',
  'difference.coredns-other-plugins.real':
    'autopath, template, file, k8s_external and others have answers of their own.',
  'difference.coredns-other-plugins.here': 'A question that would come to one of them ends “not known”.',
  'difference.coredns-hosts-file.title': 'The file of the hosts plugin',
  'difference.coredns-hosts-file.real': 'Names come from a file inside CoreDNS’s container.',
  'difference.coredns-hosts-file.here': 'Only the lines that stand in the Corefile itself count.',
  'difference.coredns-forward-health.title': 'Health checks of the forward plugin',
  'difference.coredns-forward-health.real':
    'An upstream that does not answer is left out for a while; max_concurrent refuses what is too much.',
  'difference.coredns-forward-health.here': 'Each question tries the upstreams as they stand.',
  'difference.upstream-keepalive.title': 'Connections that nginx keeps open',
  'difference.upstream-keepalive.real':
    'ingress-nginx keeps connections to Pods open and sends later requests on them.',
  'difference.upstream-keepalive.here': 'Each request opens one of its own.',
  'difference.nginx-annotations.title': 'Annotations of ingress-nginx without effect here',
  'difference.nginx-annotations.real':
    'Snippets, client certificates, TLS passthrough, rate limits and others change what nginx does.',
  'difference.nginx-annotations.here': 'A request that would meet one of them ends “not known”.',
  'difference.retransmitted-data.title': 'Data that is sent again',
  'difference.retransmitted-data.real':
    'Linux sends it 15 times, further and further apart, for about 15 minutes.',
  'difference.retransmitted-data.here': 'Told as one step, with the whole wait.',
} as const
