/**
 * Names of kube-proxy's per-Service chains. Models pkg/proxy/iptables/proxier.go, portProtoHash and servicePortEndpointChainName.
 */
import { sha256 } from '@noble/hashes/sha2.js'

/** SVC: all endpoints; SVL: local ones; EXT: from outside; FW: source ranges. */
export type ServiceChainKind = 'SVC' | 'SVL' | 'EXT' | 'FW'

/**
 * The chain of a service port, `KUBE-SVC-2CMXP7HKUVJN7L6M`. All four kinds of one service port share the hash.
 * @param servicePortName `namespace/name`, or `namespace/name:port` where the port has a name
 * @param protocol in lower case
 */
export function serviceChainName(kind: ServiceChainKind, servicePortName: string, protocol: string): string {
  return `KUBE-${kind}-${hashOf(servicePortName + protocol, 16)}`
}

/** The chain of one endpoint of a service port, `KUBE-SEP-…`. A Pod behind two Services has two. @param endpoint `IP:port` */
export function endpointChainName(servicePortName: string, protocol: string, endpoint: string): string {
  return `KUBE-SEP-${hashOf(servicePortName + protocol + endpoint, 16)}`
}

/** The first characters, 16 at most, of the base32 text (RFC 4648 §6) of the SHA-256. Names are ASCII: a character is a byte. */
export function hashOf(text: string, length: number): string {
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at)
  return base32(sha256(bytes).subarray(0, 10)).slice(0, length)
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Five bytes are eight characters; the input's length is a multiple of five, so nothing is padded. */
function base32(bytes: Uint8Array): string {
  let [text, bits, held] = ['', 0, 0]
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    for (; bits >= 5; bits -= 5) text += alphabet.charAt((held >> (bits - 5)) & 31)
    held &= (1 << bits) - 1
  }
  return text
}
