/** How long the flights of a TLS 1.3 handshake are on the wire, in bytes, as OpenSSL 3.0 sends them: each message a record (RFC 8446 §4, §5). */
import { decodeBase64 } from '../tls/base64.ts'
import type { Certificate } from '../tls/certificate.ts'
import type { Alpn } from './trace.ts'

/** Header, type of content, tag of AES-GCM. */
const SEALED = 5 + 1 + 16
const MESSAGE_HEADER = 4
const CHANGE_CIPHER_SPEC = 6
/** A SHA-384 hash. */
const FINISHED = SEALED + MESSAGE_HEADER + 48

/** With ALPN OpenSSL pads a ClientHello to 512 bytes (RFC 7685). */
export const CLIENT_HELLO_BYTES = 5 + 512

/** An alert, sealed. */
export const ALERT_BYTES = SEALED + 2

/** The client's last flight: a change of cipher for old middle boxes, and Finished. */
export const CLIENT_FINISHED_BYTES = CHANGE_CIPHER_SPEC + FINISHED

/** From ServerHello to Finished. The signature is taken to be as long as an ECDSA one mostly is, or the RSA key. */
export function serverFlightBytes(chain: readonly Certificate[], alpn: Alpn | undefined): number {
  const serverHello = 5 + 122
  const extensions = SEALED + MESSAGE_HEADER + 2 + (alpn === undefined ? 0 : 7 + alpn.length)
  const certificates = chain.reduce((sum, each) => sum + 3 + derBytes(each) + 2, 0)
  const certificate = SEALED + MESSAGE_HEADER + 4 + certificates
  const rsaBits = /^RSA (\d+)$/.exec(chain[0]?.key ?? '')?.[1]
  const signature = rsaBits === undefined ? 71 : Number(rsaBits) / 8
  const verify = SEALED + MESSAGE_HEADER + 4 + signature
  return serverHello + CHANGE_CIPHER_SPEC + extensions + certificate + verify + FINISHED
}

function derBytes({ pem }: Certificate): number {
  return decodeBase64(pem.replaceAll(/-----[^-]*-----/g, ''))?.length ?? 0
}
