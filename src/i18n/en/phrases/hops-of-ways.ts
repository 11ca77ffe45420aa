/** The way between hosts: interfaces, routes, tunnels, routers, and where it ends: title, caption and label of each hop. */
import type { HopTexts } from '../../phrase-catalogue.ts'

export const wayHops = {
  enter: [
    'into {node} by {device}',
    '{says} leaves its sender and comes into {node} on {device}.',
    'enter {node}',
  ],
  'enter-vip': [
    '{dst} is on {node}',
    '{dst} is a floating address. {node} holds it now, so {node} takes the packet.',
    'VIP {node}',
  ],
  'enter-balancer': [
    '{node} answers for {dst}',
    '{dst} is on no interface: MetalLB gave it to the Service. {node}’s speaker answers ARP for it, so {node} takes the packet, and its rules know the address.',
    'MetalLB {node}',
  ],
  cross: [
    '{node} takes it from {from}',
    '{says} has crossed the LAN. Here no rule has anything left to rewrite.',
    '{node}',
  ],
  encapsulate: [
    '{device} wraps it for {peer}',
    '{dst} lies behind the tunnel: {device} puts the packet, unchanged, into a UDP packet of {node}’s own, from {local} to {remote}, port {port}.',
    'VXLAN',
  ],
  'cross-router': [
    'the router passes on the outer packet',
    'The router looks at the outer header alone: {src} to {dst}, and it knows both networks. The Pods’ addresses are inside.',
    'router',
  ],
  decapsulate: [
    '{node} unwraps it',
    'The outer packet is for {node}’s UDP port {port}. There the tunnel ends: {says} comes out on {device} as it went in on {from}.',
    'unwrapped',
  ],
  'route-default': [
    'route: default, via {via}',
    'Nothing in {node}’s routing table knows {dst}, so it takes the default route: out of the cluster, via {via}.',
    'default route',
  ],
  'route-dummy': [
    'route: {dst} is on {device}',
    '{device} of {node} has every Service’s address, so the packet is for the node itself: it goes to INPUT.',
    'route',
  ],
  'route-outer': [
    'route of the outer packet: {device}',
    'The outer packet is {node}’s own and has a route like any other: to {dst} by {via}.',
    'outer route',
  ],
  'route-direct': [
    'route: {device}',
    '{dst} is on this node: the route leads into its veth {device}.',
    'route',
  ],
  'route-via': [
    'route: via {via}, {device}',
    '{dst} belongs to another node’s block: the route leads to {via} on {device}.',
    'route',
  ],
  blackhole: [
    'blackhole: nobody has {dst}',
    'The address lies in {node}’s own block, but no Pod has it now. The blackhole route swallows the packet without a word.',
    'blackhole',
  ],
  'no-route': ['no route to {dst}', '{node} has no route to {dst} and says so.', 'no route'],
  'lost-at-router': [
    'lost at the router',
    'The LAN’s router gets a packet for {dst}, which no network has. It says nothing: the sender waits.',
    'nobody',
  ],
  'lost-at-router-pod': [
    'lost at the router',
    'The packet for {dst} came to the router without a tunnel round it. The router knows the nodes’ subnets, not the Pods’, and says nothing: the sender waits.',
    'nobody',
  ],
  'refused-by-router': [
    'the router knows no way',
    'The LAN’s router gets a packet for {dst}, which no network has. It says so: ICMP net unreachable, to {src}.',
    'unreachable',
  ],
  'refused-by-router-pod': [
    'the router knows no way',
    'The packet for {dst} came to the router without a tunnel round it. The router knows the nodes’ subnets, not the Pods’, and says so: ICMP net unreachable, to {src}.',
    'unreachable',
  ],
  'error-lost': [
    'the answer is lost',
    'The router’s own answer is for {dst}, an address that it does not know either. So nobody hears it, and the sender waits.',
    'lost',
  ],
  'no-neighbour': [
    'nobody on the LAN has {nextHop}',
    '{node} asks the LAN for {nextHop} and nobody answers.',
    'no neighbour',
  ],
  'not-announced': [
    'nobody answers for {nextHop}',
    '{nextHop} is of the pool {pool}, but no node may answer ARP for it. {node} asks the LAN, and nobody says a word.',
    'not announced',
  ],
  'not-announced-endpoint': [
    'nobody answers for {nextHop}',
    'No endpoint of the Service serves, so MetalLB announces {nextHop} from no node. {node} asks the LAN, and nobody says a word.',
    'not announced',
  ],
  'not-forwarding': [
    '{node} does not forward',
    'The packet is not for {node}, and {node} passes nothing on.',
    'dropped',
  ],
  'not-modelled': [
    '{rule}: not modelled',
    'Rule {rule} uses “{text}”, which Podpath does not evaluate. What a kernel would do here is not known.',
    '?',
  ],
  gone: [
    '{node} is gone',
    'The Pod was deleted while the packet was on its way; its network went with it.',
    'gone',
  ],
  'overlay-not-modelled': [
    'the overlay is not modelled',
    '{dst} is on a node behind a tunnel ({text}). Podpath does not model this overlay, so what comes of the packet is not known.',
    '?',
  ],
  'pod-rules-not-modelled': [
    'rules of the Pod’s own',
    'The init container {text} writes rules into the Pod’s own network namespace, as a service mesh does to lead traffic through its sidecar. Podpath does not know them, so what comes of the packet is not known.',
    '?',
  ],
  'plugin-not-modelled': [
    'the way to another subnet is not known',
    '{dst} is on a node of another subnet, and no IPPool says how its packets get there. What comes of the packet is not known.',
    '?',
  ],
  'balancer-not-modelled': [
    '{dst}: not modelled',
    'A load balancer other than MetalLB on the nodes’ LAN has {dst}. How it chooses a node, and whether it asks the health-check node port, is not modelled.',
    '?',
  ],
  'cut-off': [
    '{node} is cut off',
    'Nobody hears from {node} (Ready is Unknown): it is taken to be off the LAN, so nothing leaves it.',
    'cut off',
  ],
  'neighbour-cut-off': [
    '{lost} is cut off',
    '{node} asks the LAN for {nextHop}. That is {lost}, from which nobody hears (Ready is Unknown), so nobody answers.',
    'cut off',
  ],
  'link-gone': [
    '{dst} is gone',
    'The Pod was deleted while the packet was on its way: its interface on {node} is gone, and the packet with it.',
    'gone',
  ],
  'not-sent': [
    '{error}',
    'The kernel of {host} has no way for {dst}, so sending fails at once: {error}. No packet leaves.',
    '{error}',
  ],
  'not-permitted': [
    '{error}',
    'The packet was dropped on its way out of {host} itself, so the program’s send fails at once: {error}.',
    '{error}',
  ],
} satisfies HopTexts
