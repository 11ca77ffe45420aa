/**
 * Makes certificates: X.509 v3 as Go's x509.CreateCertificate writes it (crypto/x509/x509.go, buildCertExtensions), which cert-manager
 * and ingress-nginx use. Signatures follow from key and content (RFC 6979, PKCS#1 v1.5), so equal requests give equal bytes.
 */
import { ECParameters } from '@peculiar/asn1-ecc'
import { RSAPublicKey } from '@peculiar/asn1-rsa'
import { OctetString } from '@peculiar/asn1-schema'
import {
  AlgorithmIdentifier,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate as X509,
  ExtendedKeyUsage,
  Extension,
  Extensions,
  GeneralName,
  KeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from '@peculiar/asn1-x509'
import { p256 } from '@noble/curves/nist.js'
import { sha1 } from '@noble/hashes/legacy.js'
import { hexToBytes } from '@noble/hashes/utils.js'
import type { DistinguishedName, SignedCertificate } from './certificate.ts'
import { bytesOf, signRsa } from './check-signature.ts'
import { encodeDer } from './decode-der.ts'
import { sameName, writeName } from './distinguished-name.ts'
import { oid } from './object-ids.ts'
import { parseCertificate } from './parse-certificate.ts'

/** A key to sign with. */
export type SigningKey =
  | { readonly kind: 'p256'; readonly scalar: Uint8Array }
  | { readonly kind: 'rsa'; readonly modulus: bigint; readonly privateExponent: bigint }

export interface CertificateRequest {
  readonly subject: DistinguishedName
  readonly dnsNames: readonly string[]
  readonly ipAddresses: readonly string[]
  readonly isCa: boolean
  /** Extended key usage `serverAuth`; cert-manager asks for none by itself. */
  readonly forServers: boolean
  /** Whole seconds count. */
  readonly notBeforeMs: number
  readonly notAfterMs: number
  /** Hexadecimal digits, two a byte, the first below 8: it is a positive number. */
  readonly serial: string
  readonly key: SigningKey
  /** Who signs; absent: the certificate signs itself. */
  readonly issuer?: { readonly signed: SignedCertificate; readonly key: SigningKey }
}

/** Makes one certificate. */
export function issueCertificate(request: CertificateRequest): SignedCertificate {
  const { key, issuer } = request
  const subjectPublicKeyInfo = publicKeyInfo(key)
  const signer = issuer?.key ?? key
  const signatureAlgorithm =
    signer.kind === 'rsa'
      ? new AlgorithmIdentifier({ algorithm: oid.sha256WithRsa, parameters: null })
      : new AlgorithmIdentifier({ algorithm: oid.ecdsaWithSha256 })
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: buffer(hexToBytes(request.serial)),
    signature: signatureAlgorithm,
    issuer: writeName(issuer?.signed.certificate.subject ?? request.subject),
    validity: new Validity({ notBefore: time(request.notBeforeMs), notAfter: time(request.notAfterMs) }),
    subject: writeName(request.subject),
    subjectPublicKeyInfo,
    extensions: new Extensions(extensionsOf(request, subjectPublicKeyInfo)),
  })
  const signatureValue = buffer(sign(encodeDer(tbsCertificate), signer))
  const made = parseCertificate(encodeDer(new X509({ tbsCertificate, signatureAlgorithm, signatureValue })))
  if (made === undefined) throw new Error('a certificate of our own does not parse')
  return made
}

function sign(message: Uint8Array, key: SigningKey): Uint8Array {
  return key.kind === 'rsa'
    ? signRsa(message, key.modulus, key.privateExponent)
    : p256.sign(message, key.scalar, { lowS: false, format: 'der' })
}

function publicKeyInfo(key: SigningKey): SubjectPublicKeyInfo {
  if (key.kind === 'rsa') {
    const length = Math.ceil(key.modulus.toString(2).length / 8)
    // A leading zero keeps the modulus positive.
    const modulus = buffer(bytesOf(key.modulus, length + 1))
    const publicExponent = buffer(Uint8Array.of(1, 0, 1))
    return new SubjectPublicKeyInfo({
      algorithm: new AlgorithmIdentifier({ algorithm: oid.rsaEncryption, parameters: null }),
      subjectPublicKey: buffer(encodeDer(new RSAPublicKey({ modulus, publicExponent }))),
    })
  }
  const parameters = buffer(encodeDer(new ECParameters({ namedCurve: '1.2.840.10045.3.1.7' })))
  return new SubjectPublicKeyInfo({
    algorithm: new AlgorithmIdentifier({ algorithm: oid.ecPublicKey, parameters }),
    subjectPublicKey: buffer(p256.getPublicKey(key.scalar, false)),
  })
}

function extensionsOf(request: CertificateRequest, info: SubjectPublicKeyInfo): Extension[] {
  const { isCa, issuer, subject } = request
  const usage = KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment
  const signerId = issuer?.signed.certificate.subjectKeyId
  const isForeign = issuer !== undefined && !sameName(issuer.signed.certificate.subject, subject)
  const names = [
    ...request.dnsNames.map((dNSName) => new GeneralName({ dNSName })),
    ...request.ipAddresses.map((iPAddress) => new GeneralName({ iPAddress })),
  ]
  return [
    extension(oid.keyUsage, new KeyUsage(isCa ? usage | KeyUsageFlags.keyCertSign : usage), true),
    ...(request.forServers
      ? [extension(oid.extendedKeyUsage, new ExtendedKeyUsage([oid.serverAuth]), false)]
      : []),
    extension(oid.basicConstraints, new BasicConstraints({ cA: isCa }), true),
    ...(isCa ? [extension(oid.subjectKeyId, subjectKeyId(info), false)] : []),
    ...(isForeign && signerId !== undefined
      ? [extension(oid.authorityKeyId, authorityKeyId(signerId), false)]
      : []),
    // Critical where there is no other name (RFC 5280 §4.2.1.6).
    ...(names.length > 0
      ? [extension(oid.subjectAltName, new SubjectAlternativeName(names), subject.length === 0)]
      : []),
  ]
}

/** RFC 5280 §4.2.1.2, method 1. */
function subjectKeyId({ subjectPublicKey }: SubjectPublicKeyInfo): SubjectKeyIdentifier {
  return new SubjectKeyIdentifier(buffer(sha1(new Uint8Array(subjectPublicKey))))
}

function authorityKeyId(id: string): AuthorityKeyIdentifier {
  return new AuthorityKeyIdentifier({ keyIdentifier: new KeyIdentifier(buffer(hexToBytes(id))) })
}

function extension(extnID: string, value: unknown, critical: boolean): Extension {
  return new Extension({ extnID, critical, extnValue: new OctetString(buffer(encodeDer(value))) })
}

function time(ms: number): Date {
  return new Date(Math.floor(ms / 1000) * 1000)
}

/** The library's types ask for a buffer of its own. */
function buffer(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer
}
