/**
 * Names of kube-proxy's per-Service chains. Models pkg/proxy/iptables/proxier.go, portProtoHash and servicePortEndpointChainName.
 */
import { sha256 } from '@noble/hashes/sha2.js'

/** SVC: all endpoints; SVL: local ones; EXT: from outside; FW: source ranges. */
export type ServiceChainKind = 'SVC' | 'SVL' | 'EXT' | 'FW'

/**
 * What tells the chains of one service port from all others', `2CMXP7HKUVJN7L6M`.
 * @param servicePortName `namespace/name`, or `namespace/name:port` where the port has a name
 * @param protocol in lower case
 */
export function servicePortHash(servicePortName: string, protocol: string): string {
  return hashOf(servicePortName + protocol, 16)
}

/** The chain of a service port, `KUBE-SVC-2CMXP7HKUVJN7L6M`. All four kinds of one service port share the hash. */
export function serviceChainName(kind: ServiceChainKind, hash: string): string {
  return `KUBE-${kind}-${hash}`
}

/** The chain of one endpoint of a service port, `KUBE-SEP-…`. A Pod behind two Services has two. @param endpoint `IP:port` */
export function endpointChainName(servicePortName: string, protocol: string, endpoint: string): string {
  return `${ENDPOINT_CHAIN}${hashOf(servicePortName + protocol + endpoint, 16)}`
}

/** With what the names of all endpoints' chains begin. */
export const ENDPOINT_CHAIN = 'KUBE-SEP-'

/** The first characters, 16 at most, of the base32 text (RFC 4648 §6) of the SHA-256. Names are ASCII: a character is a byte. */
export function hashOf(text: string, length: number): string {
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at)
  begun._cloneInto(running).update(bytes).digestInto(digest)
  return (base32(digestView, 0) + base32(digestView, 5)).slice(0, length)
}

// What a hash runs in is made once: ten thousands of them are worked out at a time, and buffers cost more than the hash.
const begun = sha256.create()
const running = sha256.create()
const digest = new Uint8Array(32)
const digestView = new DataView(digest.buffer)

/** Five bytes are eight characters, two for each ten bits. */
function base32(bytes: DataView, at: number): string {
  const [high, low] = [bytes.getUint32(at), bytes.getUint8(at + 4)]
  return pairAt(high >>> 22) + pairAt(high >>> 12) + pairAt(high >>> 2) + pairAt((high << 8) | low)
}

function pairAt(bits: number): string {
  return pairs[bits & 1023] ?? ''
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const pairs = Array.from(
  { length: 1024 },
  (_, bits) => alphabet.charAt(bits >> 5) + alphabet.charAt(bits & 31),
)
