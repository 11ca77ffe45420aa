/** kube-proxy's rules, netfilter and conntrack, in all three modes: title, caption and label of each hop. */
import type { HopTexts } from '../../phrase-catalogue.ts'

export const ruleHops = {
  dispatch: [
    'KUBE-SERVICES: rule {rule} matches',
    'The rules of KUBE-SERVICES are asked in order. Rule {rule} names this address, protocol and port: Service {service}.',
    'KUBE-SERVICES',
  ],
  'dispatch-node-port': [
    'KUBE-NODEPORTS: a port of {service}',
    'The address is one of {node}’s own, so the last rule tries KUBE-NODEPORTS: the port belongs to {service}.',
    'node port',
  ],
  choose: [
    'the draw: {count, plural, =0 {the first rule wins} one {# lost, the next wins} other {# lost, the next wins}}',
    'Each rule draws anew. {count, plural, =0 {The first took it.} one {One passed on the draw, the next took it.} other {# passed on the draw, the next took it.}} Every endpoint has the same chance in the end.',
    'draw',
  ],
  'choose-only': [
    'one endpoint, no draw',
    'Only one endpoint is ready, so there is nothing to draw.',
    'one endpoint',
  ],
  'ipvs-marked': [
    'nat {node}: marked, not rewritten',
    'In IPVS mode no rule rewrites. KUBE-SERVICES only marks the packet, so that it leaves {node} masqueraded.',
    'mark',
  ],
  'ipvs-unmarked': [
    'nat {node}: nothing to mark',
    'In IPVS mode no rule rewrites. KUBE-SERVICES lets the packet to {dst} pass as it is: its source may stay.',
    'nat',
  ],
  'ipvs-dispatch': [
    'IPVS: virtual server {dst}',
    'One look into IPVS’s hash table finds the virtual server {dst}: Service {service}. No list is walked, however many Services there are.',
    'virtual server',
  ],
  'ipvs-dispatch-node-port': [
    'IPVS: virtual server {dst}',
    'Each address of {node} has a virtual server for each node port: {dst} belongs to {service}.',
    'virtual server',
  ],
  'ipvs-choose': [
    'round robin: the turn of {to}',
    'The {count} real servers take strict turns ({scheduler}), where iptables would draw: this connection is {to}’s.',
    '{scheduler}',
  ],
  'ipvs-choose-only': [
    'one real server, no choice',
    'Only one endpoint is ready, so there is nothing to choose.',
    'one server',
  ],
  'ipvs-choose-template': [
    'persistent: {to} again',
    'The client was here less than {seconds} s ago. Its template names {to}; the scheduler is not asked.',
    'persistent',
  ],
  'ipvs-choose-hash': [
    '{scheduler}: the hash chooses {to}',
    'The scheduler {scheduler} hashes an address of the packet: the same address always has {to}.',
    '{scheduler}',
  ],
  'ipvs-choose-least': [
    '{scheduler}: {to} has the least to do',
    'The scheduler {scheduler} weighs the connections of the {count} real servers, active + inactive: {to} has the fewest.',
    '{scheduler}',
  ],
  'ipvs-rewrite': [
    'IPVS → {to}',
    'IPVS writes the Pod’s address, {to}, as destination and sends the packet on from {node}. Its own table and conntrack remember it.',
    'IPVS',
  ],
  'ipvs-repeat': [
    '{says}: IPVS knows the connection',
    'IPVS on {node} has the connection in its table: the same real server, {dst}. No scheduler is asked.',
    'same server',
  ],
  'ipvs-restore': [
    'reply: source is {service} again',
    'IPVS on {node} writes {address} back as the source. The client sees the address that it asked.',
    'put back',
  ],
  'ipvs-refused': [
    'IPVS refuses: no real server',
    'The virtual server {dst} has no real server that may be chosen. {node} itself answers at once: ICMP port unreachable.',
    'refused',
  ],
  'ipvs-rejected': [
    'KUBE-IPVS-FILTER: REJECT',
    '{dst} is a Service’s address, but not one of its ports. kube-ipvs0 makes the address {node}’s own, and this rule keeps packets off the node: {with}.',
    'REJECT',
  ],
  'ipvs-dropped': [
    'IPVS drops it: an old connection',
    'The connection’s real server is gone. IPVS on {node} forgets the connection and drops this packet; the next one is scheduled anew.',
    'dropped',
  ],
  'ipvs-not-modelled': [
    '{text}: not modelled',
    'Podpath does not compute “{text}”. Which real server the kernel would choose is not known.',
    '?',
  ],
  'nft-dispatch': [
    'service-ips: found Service {service}',
    'One look into the map service-ips, by address, protocol and port, finds the element of Service {service}. It costs the same with ten Services or ten thousand.',
    'service-ips',
  ],
  'nft-dispatch-node-port': [
    'service-nodeports: a port of {service}',
    'The address is one on which {node} takes node ports; one look into service-nodeports finds Service {service}.',
    'node port',
  ],
  'nft-choose': [
    'one draw among {count}',
    'numgen draws once, a number below {count}, and the map beside it names the endpoint: every one has the same chance.',
    'draw',
  ],
  'nft-choose-affinity': [
    'affinity: {to} again',
    'The client’s address is still in the affinity set of {to}, so nothing is drawn.',
    'affinity',
  ],
  'nft-no-match': [
    'no map has {dst}',
    'Neither service-ips nor service-nodeports has an element for {protocol} to {dst}: nothing is rewritten, and the filter chains have the word.',
    'not found',
  ],
  'nft-rejected-port': [
    'cluster-ips-check: reject',
    '{dst} is a ClusterIP, but no Service has this port or protocol. In nftables mode {node} rejects such packets; in iptables mode they would be lost on the way.',
    'reject',
  ],
  'nft-dropped-free': [
    'cluster-ips-check: drop',
    '{dst} lies in the range of Services, and no Service has it. In nftables mode {node} drops such packets.',
    'drop',
  ],
  dnat: [
    'DNAT → {to}',
    'The destination becomes a Pod’s address, {to}. Source, ports and payload stay; conntrack remembers it.',
    'DNAT',
  ],
  'dnat-by-rule': [
    'DNAT → {to}',
    'A nat rule of {node} writes {to} in place of {dst}. conntrack remembers it and undoes it in the replies.',
    'DNAT',
  ],
  'snat-by-rule': [
    'SNAT: source becomes {to}',
    'A nat rule of {node} writes {to} in place of the source {from}: the reply has to come back this way.',
    'SNAT',
  ],
  snat: [
    'SNAT: source becomes {to}',
    'Marked for masquerade, it leaves as {node}, {to}, instead of {from}: the reply has to come back this way.',
    'SNAT',
  ],
  'snat-outgoing': [
    'SNAT: source becomes {to}',
    'The Pod network masquerades what leaves it (natOutgoing of the IPPool): the packet goes on as {node}, {to}, instead of {from}.',
    'SNAT',
  ],
  repeat: [
    '{says}: conntrack repeats the rewrite',
    'The connection is known on {node}. No rule is asked again: conntrack repeats what the first packet got.',
    'same Pod',
  ],
  'repeat-source': [
    '{says}: conntrack repeats the rewrite',
    'The connection is known on {node}. No rule is asked again: the packet leaves as {src}, like the first one.',
    'same source',
  ],
  restore: [
    'reply: source is {service} again',
    'conntrack on {node} undoes the rewrite. The client sees the reply come from {address}, the address that it asked.',
    'put back',
  ],
  'restore-client': [
    'reply: destination is {dst} again',
    'conntrack on {node} undoes the masquerade: the reply goes on to {dst}, who asked.',
    'put back',
  ],
  'no-match': [
    'no nat rule matches {dst}',
    '{count, plural, one {# rule} other {# rules}} tried, none for {protocol} to {dst}: nothing is rewritten, and the packet follows the ordinary routes.',
    'no match',
  ],
  filter: [
    '{hook} accepts',
    'No rule of filter {hook} on {node} objects; the chain’s policy is ACCEPT.',
    '{hook}',
  ],
  'filter-rule': [
    '{hook} accepts by a rule',
    'A rule of filter {hook} on {node} accepts the packet.',
    '{hook}',
  ],
  dropped: [
    '{hook} drops it',
    'A rule of filter {hook} on {node} drops the packet. The sender hears nothing.',
    'DROP',
  ],
  'dropped-by-policy': [
    '{hook}: policy DROP',
    'No rule of {hook} on {node} accepts the packet, and the policy is DROP. The sender hears nothing.',
    'DROP',
  ],
  'conntrack-full': [
    'conntrack: table full',
    'Every place in {node}’s connection table is taken by a connection that is under way, so the kernel drops the first packet of this one: “nf_conntrack: table full, dropping packet”. The sender hears nothing. KubeProxyConfiguration conntrack.maxPerCore and min set the size.',
    'table full',
  ],
  'conntrack-clash': [
    'conntrack: clash, {says} is dropped',
    'Both questions are one connection, and the first stands in {node}’s table with another Pod. This one cannot be inserted: insert_failed, dropped, and nobody is told.',
    'clash',
  ],
  'clash-resolved': [
    'conntrack: the same connection',
    'The first question’s connection stands in {node}’s table by now, and nat drew the same Pod for both: the packet goes on as part of it (clash_resolve).',
    'clash',
  ],
  rejected: [
    'filter {hook}: REJECT',
    'No Pod is ready behind {dst}, so kube-proxy wrote a REJECT rule. {node} itself answers; no Pod has seen a packet.',
    'REJECT',
  ],
  'rejected-by-rule': [
    'filter {hook}: REJECT',
    'A rule of filter {hook} on {node} refuses the packet with {with}. {node} itself answers; what the packet was meant for has not seen it.',
    'REJECT',
  ],
} satisfies HopTexts
