/** A certificate from its DER (RFC 5280). */
import {
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate as X509,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
  type Extensions,
} from '@peculiar/asn1-x509'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { SignedCertificate } from './certificate.ts'
import { signatureName } from './check-signature.ts'
import { decodeDer } from './decode-der.ts'
import { readName } from './distinguished-name.ts'
import { oid } from './object-ids.ts'
import { printPem } from './pem.ts'
import { keyName, readPublicKey } from './public-key.ts'

/** The certificate, or undefined where the bytes are none. Extensions that it does not know it leaves aside. */
export function parseCertificate(der: Uint8Array): SignedCertificate | undefined {
  const x509 = decodeDer(der, X509)
  if (x509?.tbsCertificateRaw === undefined) return undefined
  const { extensions, ...tbs } = x509.tbsCertificate
  const publicKey = readPublicKey(tbs.subjectPublicKeyInfo)
  const signatureAlgorithm = x509.signatureAlgorithm.algorithm
  return {
    der,
    tbs: new Uint8Array(x509.tbsCertificateRaw),
    signature: new Uint8Array(x509.signatureValue),
    signatureAlgorithm,
    publicKey,
    certificate: {
      subject: readName(tbs.subject),
      issuer: readName(tbs.issuer),
      serial: bytesToHex(new Uint8Array(tbs.serialNumber)),
      notBeforeMs: tbs.validity.notBefore.getTime().getTime(),
      notAfterMs: tbs.validity.notAfter.getTime().getTime(),
      ...alternativeNames(extensions),
      isCa: extension(extensions, oid.basicConstraints, BasicConstraints)?.cA === true,
      key: keyName(publicKey),
      signatureAlgorithm: signatureName(signatureAlgorithm),
      ...keyIds(extensions),
      pem: printPem('CERTIFICATE', der),
    },
  }
}

function alternativeNames(extensions: Extensions | undefined) {
  const names = [...(extension(extensions, oid.subjectAltName, SubjectAlternativeName) ?? [])]
  return {
    dnsNames: names.flatMap(({ dNSName }) => dNSName ?? []),
    ipAddresses: names.flatMap(({ iPAddress }) => iPAddress ?? []),
  }
}

function keyIds(extensions: Extensions | undefined) {
  const subject = extension(extensions, oid.subjectKeyId, SubjectKeyIdentifier)
  const authority = extension(extensions, oid.authorityKeyId, AuthorityKeyIdentifier)?.keyIdentifier
  return {
    ...(subject === undefined ? {} : { subjectKeyId: bytesToHex(new Uint8Array(subject.buffer)) }),
    ...(authority === undefined ? {} : { authorityKeyId: bytesToHex(new Uint8Array(authority.buffer)) }),
  }
}

function extension<T>(extensions: Extensions | undefined, id: string, type: new () => T): T | undefined {
  const found = [...(extensions ?? [])].find(({ extnID }) => extnID === id)
  return found === undefined ? undefined : decodeDer(found.extnValue.buffer, type)
}
