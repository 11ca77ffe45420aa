/** Public keys: read from a certificate's SubjectPublicKeyInfo (RFC 5480, 8017, 8410), named and compared. */
import { ECParameters } from '@peculiar/asn1-ecc'
import { RSAPublicKey } from '@peculiar/asn1-rsa'
import type { SubjectPublicKeyInfo } from '@peculiar/asn1-x509'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { PublicKey } from './certificate.ts'
import { decodeDer } from './decode-der.ts'
import { curveOf, oid } from './object-ids.ts'

/** The key of a certificate; `unknown` where we do not reckon with its algorithm or it does not parse. */
export function readPublicKey({ algorithm, subjectPublicKey }: SubjectPublicKeyInfo): PublicKey {
  const point = new Uint8Array(subjectPublicKey)
  switch (algorithm.algorithm) {
    case oid.ecPublicKey: {
      const parameters = decodeDer(algorithm.parameters ?? new Uint8Array(), ECParameters)
      const curve = curveOf(parameters?.namedCurve)
      if (curve !== undefined) return { kind: 'ecdsa', curve, point }
      break
    }
    case oid.ed25519:
      return { kind: 'ed25519', point }
    case oid.rsaEncryption: {
      const key = decodeDer(subjectPublicKey, RSAPublicKey)
      if (key !== undefined)
        return { kind: 'rsa', modulus: integerOf(key.modulus), exponent: integerOf(key.publicExponent) }
    }
  }
  return { kind: 'unknown', algorithm: algorithm.algorithm }
}

/** An unsigned big-endian integer. */
export function integerOf(bytes: ArrayBuffer | Uint8Array): bigint {
  const digits = bytesToHex(new Uint8Array(bytes))
  return digits === '' ? 0n : BigInt(`0x${digits}`)
}

/** `ECDSA P-256`, `RSA 2048`. */
export function keyName(key: PublicKey): string {
  switch (key.kind) {
    case 'ecdsa':
      return `ECDSA ${key.curve}`
    case 'ed25519':
      return 'Ed25519'
    case 'rsa':
      return `RSA ${key.modulus.toString(2).length}`
    case 'unknown':
      return key.algorithm
  }
}

/** Whether two keys are one; two unknown ones never are. */
export function sameKey(a: PublicKey, b: PublicKey): boolean {
  switch (a.kind) {
    case 'ecdsa':
      return b.kind === a.kind && a.curve === b.curve && bytesToHex(a.point) === bytesToHex(b.point)
    case 'ed25519':
      return b.kind === a.kind && bytesToHex(a.point) === bytesToHex(b.point)
    case 'rsa':
      return b.kind === a.kind && a.modulus === b.modulus && a.exponent === b.exponent
    case 'unknown':
      return false
  }
}
