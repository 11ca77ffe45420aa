/**
 * Models cert-manager at rest (pkg/controller/certificates, pkg/controller/issuers, pkg/util/pki; 1.17): issuers that sign themselves or
 * with a CA's Secret, and Certificates, each with the Secret that it names. It runs in every cluster that has such objects.
 * Keys are ECDSA P-256 whatever `privateKey` asks for (cert-manager's default is RSA 2048). Left out: usages, key stores, other formats,
 * the annotations on Ingresses, all other issuers.
 */
import { textMapAt, objectAt, numberAt, listAt, sameJson, textAt } from '../manifest/json-fields.ts'
import type { JsonObject } from '../manifest/manifest.ts'
import { encodeBase64 } from '../tls/base64.ts'
import type { SignedCertificate } from '../tls/certificate.ts'
import { sameName } from '../tls/distinguished-name.ts'
import { issueCertificate, type SigningKey } from '../tls/issue-certificate.ts'
import { drawP256Key, drawSerial, printP256Key } from '../tls/seeded-key.ts'
import { readSigningKey, readTlsSecret, type CertificateChain } from '../tls/tls-secret.ts'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { create, streamOf, update, type ControlLoop } from './control-loop.ts'
import { timestamp } from './object-identity.ts'
import { objectKey, type ObjectRef } from './object-ref.ts'
import type { ApiObject } from './objects.ts'
import { readCertificate, readIssuer, type CertificateSpec } from './read-certificate.ts'
import { readSecret } from './read-secret.ts'

/** Writes the Secrets of Certificates that can be issued, and the conditions of Certificates and issuers. */
export function syncCertificates(loop: ControlLoop): void {
  const certificates = loop.store.ofKind('Certificate')
  // An authority's own Certificate may stand behind those that it signs: as many rounds as there are Certificates suffice.
  for (let issued = true; issued;) {
    issued = false
    for (const { ref } of certificates) {
      const certificate = loop.store.get(ref)
      if (certificate !== undefined && issueIfDue(loop, certificate)) issued = true
    }
  }
  for (const kind of ['Issuer', 'ClusterIssuer'])
    for (const issuer of loop.store.ofKind(kind)) writeIssuerStatus(loop, issuer)
  for (const { ref } of certificates) {
    const certificate = loop.store.get(ref)
    if (certificate !== undefined) writeCertificateStatus(loop, certificate)
  }
}

/** The annotation by which a Secret knows its Certificate. */
const CERTIFICATE_NAME = 'cert-manager.io/certificate-name'

/** The Certificate that wrote a Secret, undefined where none did. */
export function certificateOf({
  ref,
  annotations,
}: {
  readonly ref: ObjectRef
  readonly annotations: Readonly<Record<string, string>>
}): ObjectRef | undefined {
  const name = annotations[CERTIFICATE_NAME]
  return name === undefined ? undefined : { kind: 'Certificate', namespace: ref.namespace, name }
}

/** Whether a Certificate or an issuer has the condition Ready. */
export function isReady({ body }: ApiObject): boolean {
  return listAt(body, 'status', 'conditions').some(
    (each) => textAt(each, 'type') === 'Ready' && textAt(each, 'status') === 'True',
  )
}

function issueIfDue(loop: ControlLoop, certificate: ApiObject): boolean {
  const spec = readCertificate(certificate)
  const secret = secretOf(certificate, spec)
  const issuer = signerOf(loop, spec.issuer)
  if (spec.secretName === '' || issuer === undefined || isCurrent(loop, secret, spec)) return false
  const revision = (numberAt(certificate.body, 'status', 'revision') ?? 0) + 1
  const id = `${objectKey(certificate.ref)}/${revision}`
  const key: SigningKey = { kind: 'p256', scalar: drawP256Key(streamOf(loop, `certificate-key/${id}`)) }
  const signed = issueCertificate({
    subject: spec.subject,
    dnsNames: spec.dnsNames,
    ipAddresses: spec.ipAddresses,
    isCa: spec.isCa,
    forServers: false,
    notBeforeMs: loop.nowMs,
    notAfterMs: loop.nowMs + spec.durationMs,
    serial: drawSerial(streamOf(loop, `certificate-serial/${id}`)),
    key,
    ...(issuer.kind === 'ca' ? { issuer: { signed: issuer.chain[0], key: issuer.key } } : {}),
  })
  const chain = issuer.kind === 'ca' ? issuer.chain : []
  writeSecret(loop, certificate, spec, {
    'ca.crt': pem([chain.at(-1) ?? signed]),
    // The root itself is not sent along.
    'tls.crt': pem([signed, ...chain.filter((each) => !isRoot(each))]),
    'tls.key': printP256Key(key.scalar),
  })
  update(loop, certificate, { status: { ...objectAt(certificate.body, 'status'), revision } })
  return true
}

type Signer =
  | { readonly kind: 'self-signed' }
  | { readonly kind: 'ca'; readonly chain: CertificateChain; readonly key: SigningKey }

/** How the issuer signs now; undefined where it cannot. */
function signerOf(loop: ControlLoop, ref: ObjectRef): Signer | undefined {
  const issuer = loop.store.get(ref)
  if (issuer === undefined) return undefined
  const issuing = readIssuer(issuer)
  if (issuing.kind !== 'ca') return issuing.kind === 'self-signed' ? issuing : undefined
  const pair = pairOf(loop, issuing.secret)
  return pair?.chain[0].certificate.isCa === true && pair.key !== undefined
    ? { kind: 'ca', chain: pair.chain, key: pair.key }
    : undefined
}

function pairOf(loop: ControlLoop, ref: ObjectRef) {
  const secret = loop.store.get(ref)
  if (secret === undefined) return undefined
  const { data } = readSecret(secret)
  const read = readTlsSecret(data)
  return read.kind === 'pair' ? { chain: read.chain, key: readSigningKey(data) } : undefined
}

/**
 * Whether the Secret already holds what the Certificate asks for (pkg/controller/certificates/trigger/policies): a pair of that
 * issuer, with these names, and not due for renewal.
 */
function isCurrent(loop: ControlLoop, ref: ObjectRef, spec: CertificateSpec): boolean {
  const secret = loop.store.get(ref)
  const pair = pairOf(loop, ref)
  if (secret === undefined || pair === undefined) return false
  const { certificate } = pair.chain[0]
  const { annotations } = readSecret(secret)
  return (
    annotations['cert-manager.io/issuer-name'] === spec.issuer.name &&
    annotations['cert-manager.io/issuer-kind'] === spec.issuer.kind &&
    sameName(certificate.subject, spec.subject) &&
    sameSet(certificate.dnsNames, spec.dnsNames) &&
    sameSet(certificate.ipAddresses, spec.ipAddresses) &&
    certificate.isCa === spec.isCa &&
    loop.nowMs < certificate.notAfterMs - spec.renewBeforeMs
  )
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return sameJson(a.toSorted(), b.toSorted())
}

function writeSecret(
  loop: ControlLoop,
  certificate: ApiObject,
  spec: CertificateSpec,
  texts: Readonly<Record<string, string>>,
): void {
  const ref = secretOf(certificate, spec)
  const existing = loop.store.get(ref)
  const annotations = {
    ...textMapAt(existing?.body, 'metadata', 'annotations'),
    'cert-manager.io/alt-names': spec.dnsNames.join(','),
    [CERTIFICATE_NAME]: certificate.ref.name,
    'cert-manager.io/common-name': spec.commonName,
    'cert-manager.io/ip-sans': spec.ipAddresses.join(','),
    'cert-manager.io/issuer-group': spec.issuerGroup,
    'cert-manager.io/issuer-kind': spec.issuer.kind,
    'cert-manager.io/issuer-name': spec.issuer.name,
    'cert-manager.io/uri-sans': '',
  }
  const labels = {
    ...textMapAt(existing?.body, 'metadata', 'labels'),
    'controller.cert-manager.io/fao': 'true',
  }
  const data = Object.fromEntries(
    Object.entries(texts).map(([field, text]) => [field, encodeBase64(utf8ToBytes(text))]),
  )
  if (existing === undefined) {
    const rest = { data, type: 'kubernetes.io/tls' }
    create(loop, { ref, apiVersion: 'v1', metadata: { annotations, labels }, rest })
    return
  }
  const metadata = { ...objectAt(existing.body, 'metadata'), annotations, labels }
  update(loop, existing, { metadata, data: { ...objectAt(existing.body, 'data'), ...data } })
}

function secretOf({ ref }: ApiObject, { secretName }: CertificateSpec): ObjectRef {
  return { kind: 'Secret', namespace: ref.namespace, name: secretName }
}

function pem(chain: readonly SignedCertificate[]): string {
  return chain.map(({ certificate }) => certificate.pem).join('')
}

function isRoot({ certificate }: SignedCertificate): boolean {
  return sameName(certificate.subject, certificate.issuer)
}

function writeCertificateStatus(loop: ControlLoop, object: ApiObject): void {
  const spec = readCertificate(object)
  const secret = secretOf(object, spec)
  const pair = pairOf(loop, secret)
  const status = objectAt(object.body, 'status')
  if (pair !== undefined && isCurrent(loop, secret, spec)) {
    const { notBeforeMs, notAfterMs } = pair.chain[0].certificate
    const ready = { reason: 'Ready', message: 'Certificate is up to date and has not expired' }
    update(loop, object, {
      status: {
        conditions: [condition(loop, object, 'Ready', 'True', ready)],
        notAfter: timestamp(notAfterMs),
        notBefore: timestamp(notBeforeMs),
        renewalTime: timestamp(notAfterMs - spec.renewBeforeMs),
        revision: numberAt(status, 'revision') ?? 1,
      },
    })
    return
  }
  const why = {
    reason: 'DoesNotExist',
    message: 'Issuing certificate as Secret does not exist',
  }
  update(loop, object, {
    status: {
      ...status,
      conditions: [
        condition(loop, object, 'Issuing', 'True', why),
        condition(loop, object, 'Ready', 'False', why),
      ],
    },
  })
}

function writeIssuerStatus(loop: ControlLoop, object: ApiObject): void {
  const said = issuerReadiness(loop, object)
  if (said === undefined) return
  const { status, ...why } = said
  const conditions = [condition(loop, object, 'Ready', status, why)]
  update(loop, object, { status: { ...objectAt(object.body, 'status'), conditions } })
}

function issuerReadiness(loop: ControlLoop, object: ApiObject) {
  const issuing = readIssuer(object)
  switch (issuing.kind) {
    case 'not-modelled':
      return undefined
    case 'self-signed':
      return { status: 'True', reason: 'IsReady', message: '' } as const
    case 'ca': {
      const { name } = issuing.secret
      if (loop.store.get(issuing.secret) === undefined) {
        const message = `Error getting keypair for CA issuer: secrets "${name}" not found`
        return { status: 'False', reason: 'ErrGetKeyPair', message } as const
      }
      if (signerOf(loop, object.ref) !== undefined)
        return { status: 'True', reason: 'KeyPairVerified', message: 'Signing CA verified' } as const
      const message = `Error getting keypair for CA issuer: the certificate in secret "${name}" is not a CA`
      return { status: 'False', reason: 'ErrInvalidKeyPair', message } as const
    }
  }
}

/** A condition; its time stays while its status does. */
function condition(
  loop: ControlLoop,
  object: ApiObject,
  type: string,
  status: 'True' | 'False',
  { reason, message }: { readonly reason: string; readonly message: string },
): JsonObject {
  const before = listAt(object.body, 'status', 'conditions').find((each) => textAt(each, 'type') === type)
  const lastTransitionTime =
    textAt(before, 'status') === status ? textAt(before, 'lastTransitionTime') : undefined
  return {
    lastTransitionTime: lastTransitionTime ?? timestamp(loop.nowMs),
    message,
    observedGeneration: numberAt(object.body, 'metadata', 'generation') ?? 1,
    reason,
    status,
    type,
  }
}
