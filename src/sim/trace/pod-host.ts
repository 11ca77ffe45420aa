/** A Pod as a host: its own network namespace, and the veth by which it hangs on its node, as Calico makes both. */
import { sha1 } from '@noble/hashes/legacy.js'
import { objectKey, type ObjectRef } from '../cluster/object-ref.ts'
import type { Pod } from '../cluster/objects.ts'
import { hostCidr, ip, ipVersion } from '../network/address.ts'
import type { Host, Link, Route, Socket } from '../network/network.ts'
import { DEFAULT, DEFAULT_IPV6 } from './surroundings.ts'

/** Assumed latency, one way, in milliseconds. */
const VETH_MS = 0.01

const GATEWAY = ip('169.254.1.1')
/** The link-local address of the node's end, whose link-layer address Calico sets to ee:ee:ee:ee:ee:ee. */
const GATEWAY_IPV6 = ip('fe80::ecee:eeff:feee:eeee')

/** The name of the host of a Pod: of its own namespace, or of its node's with hostNetwork. */
export function podHost(pod: Pod): string {
  return pod.hostNetwork && pod.nodeName !== undefined ? pod.nodeName : podHostName(pod.ref)
}

/** The name of a Pod's own host, `namespace/name`. */
export function podHostName(ref: ObjectRef): string {
  return `${ref.namespace}/${ref.name}`
}

/** The Pod's own namespace: one interface, one way out. */
export function sandbox(pod: Pod): Host {
  return {
    name: podHostName(pod.ref),
    interfaces: [
      { name: 'lo', addresses: [ip('127.0.0.1')], link: 'lo' },
      { name: 'eth0', addresses: pod.ips, link: vethLinkName(pod) },
    ],
    routes: [
      { kind: 'unicast', destination: DEFAULT, interfaceName: 'eth0', via: GATEWAY, protocol: 'boot' },
      { kind: 'unicast', destination: hostCidr(GATEWAY), interfaceName: 'eth0', protocol: 'boot' },
      ...(pod.ips.some((address) => ipVersion(address) === 6) ? [defaultIpv6] : []),
    ],
    sockets: podSockets(pod),
    forwards: false,
    hasNetfilter: false,
    ...(pod.networkInit === undefined ? {} : { unreadRulesOf: pod.networkInit }),
    noRoute: 'icmp',
  }
}

const defaultIpv6: Route = {
  kind: 'unicast',
  destination: DEFAULT_IPV6,
  interfaceName: 'eth0',
  via: GATEWAY_IPV6,
  protocol: 'boot',
}

function podSockets(pod: Pod): Socket[] {
  return pod.listens.map((listen) => ({
    protocol: listen.protocol === 'UDP' ? 'udp' : listen.protocol === 'SCTP' ? 'sctp' : 'tcp',
    port: listen.port,
    ...(listen.loopbackOnly ? { address: ip('127.0.0.1') } : {}),
    owner: objectKey(pod.ref),
  }))
}

/** The veth pair between the Pod and its node, by the name of the link. */
export function vethLink(pod: Pod): [string, Link] {
  return [
    vethLinkName(pod),
    {
      kind: 'point-to-point',
      latencyMs: VETH_MS,
      ends: [
        { host: podHostName(pod.ref), interfaceName: 'eth0' },
        { host: pod.nodeName ?? '', interfaceName: vethName(pod.ref) },
      ],
    },
  ]
}

/** The name of the link to a Pod. */
export function vethLinkName(pod: Pod): string {
  return `veth ${podHostName(pod.ref)}`
}

/** The node's end of a Pod's veth (projectcalico/calico libcalico-go, VethNameForWorkload). */
export function vethName(pod: ObjectRef): string {
  const digest = sha1(asciiBytes(`${pod.namespace}.${pod.name}`))
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `cali${hex.slice(0, 11)}`
}

function asciiBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}
