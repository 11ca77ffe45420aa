/** Private keys as Secrets hold them: PKCS#8 (RFC 5958), SEC 1 (RFC 5915), PKCS#1 (RFC 8017 A.1.2). */
import { ECPrivateKey, ECParameters } from '@peculiar/asn1-ecc'
import { PrivateKeyInfo } from '@peculiar/asn1-pkcs8'
import { RSAPrivateKey } from '@peculiar/asn1-rsa'
import { OctetString } from '@peculiar/asn1-schema'
import { ed25519 } from '@noble/curves/ed25519.js'
import type { SigningKey } from './issue-certificate.ts'
import type { PublicKey } from './certificate.ts'
import { ecdsaOf } from './check-signature.ts'
import { decodeDer } from './decode-der.ts'
import { curveOf, oid, type Curve } from './object-ids.ts'
import type { PemBlock } from './pem.ts'
import { integerOf } from './public-key.ts'

/** A private key: whose it is, and where certificates can be signed with it, how. */
export interface PrivateKey {
  readonly publicKey: PublicKey
  readonly signing?: SigningKey
}

/** Labels of blocks that are private keys. */
const labels = ['PRIVATE KEY', 'EC PRIVATE KEY', 'RSA PRIVATE KEY']

/** Whether a block is a private key, readable or not. */
export function isPrivateKey({ label }: PemBlock): boolean {
  return labels.includes(label)
}

/** The key of a block, or undefined where it does not parse or is of a kind that we do not reckon with. */
export function readPrivateKey({ label, der }: PemBlock): PrivateKey | undefined {
  switch (label) {
    case 'EC PRIVATE KEY':
      return ecKey(der, undefined)
    case 'RSA PRIVATE KEY':
      return rsaKey(der)
    case 'PRIVATE KEY':
      return pkcs8Key(der)
  }
  return undefined
}

function pkcs8Key(der: Uint8Array): PrivateKey | undefined {
  const info = decodeDer(der, PrivateKeyInfo)
  if (info === undefined) return undefined
  const { algorithm, parameters } = info.privateKeyAlgorithm
  const inner = new Uint8Array(info.privateKey.buffer)
  switch (algorithm) {
    case oid.ecPublicKey:
      return ecKey(inner, decodeDer(parameters ?? new Uint8Array(), ECParameters))
    case oid.rsaEncryption:
      return rsaKey(inner)
    case oid.ed25519: {
      const seed = decodeDer(inner, OctetString)
      if (seed?.buffer.byteLength !== 32) return undefined
      return { publicKey: { kind: 'ed25519', point: ed25519.getPublicKey(new Uint8Array(seed.buffer)) } }
    }
  }
  return undefined
}

function ecKey(der: Uint8Array, outer: ECParameters | undefined): PrivateKey | undefined {
  const key = decodeDer(der, ECPrivateKey)
  const curve = curveOf((key?.parameters ?? outer)?.namedCurve)
  return key === undefined || curve === undefined
    ? undefined
    : ecPrivateKey(curve, new Uint8Array(key.privateKey.buffer))
}

/** The key of a scalar; undefined where it is none of the curve's. */
function ecPrivateKey(curve: Curve, scalar: Uint8Array): PrivateKey | undefined {
  const ecdsa = ecdsaOf(curve)
  if (!ecdsa.utils.isValidSecretKey(scalar)) return undefined
  const publicKey = { kind: 'ecdsa', curve, point: ecdsa.getPublicKey(scalar, false) } as const
  return curve === 'P-256' ? { publicKey, signing: { kind: 'p256', scalar } } : { publicKey }
}

function rsaKey(der: Uint8Array): PrivateKey | undefined {
  const key = decodeDer(der, RSAPrivateKey)
  if (key === undefined) return undefined
  const [modulus, exponent] = [integerOf(key.modulus), integerOf(key.publicExponent)]
  return {
    publicKey: { kind: 'rsa', modulus, exponent },
    signing: { kind: 'rsa', modulus, privateExponent: integerOf(key.privateExponent) },
  }
}
