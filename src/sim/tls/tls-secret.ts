/**
 * What a Secret of type `kubernetes.io/tls` holds: a certificate, its chain, and the key that belongs to it. Models Go's
 * crypto/tls.X509KeyPair, by which ingress controllers and Gateways judge it.
 */
import type { SignedCertificate } from './certificate.ts'
import { decodeBase64 } from './base64.ts'
import type { SigningKey } from './issue-certificate.ts'
import { parseCertificate } from './parse-certificate.ts'
import { readPem, type PemBlock, type PemProblem } from './pem.ts'
import { isPrivateKey, readPrivateKey } from './private-key.ts'
import { sameKey } from './public-key.ts'

/** The fields of a Secret as the API has them: base64. */
export type SecretData = Readonly<Record<string, string>>

/** A chain as a server sends it: its own certificate first. */
export type CertificateChain = readonly [SignedCertificate, ...(readonly SignedCertificate[])]

export type TlsSecret =
  | { readonly kind: 'pair'; readonly chain: CertificateChain }
  | { readonly kind: 'unusable'; readonly problem: PairProblem }

/** What keeps a Secret from being a pair. `line` is one of the PEM text, from 1. */
export interface PairProblem {
  readonly kind:
    | 'missing'
    | 'not-base64'
    | PemProblem['kind']
    | 'no-certificate'
    | 'bad-certificate'
    | 'no-key'
    | 'bad-key'
    | 'key-differs'
    /** We cannot tell: an algorithm that we do not reckon with. */
    | 'key-unknown'
  readonly field: 'tls.crt' | 'tls.key'
  readonly line?: number
}

const known = new WeakMap<SecretData, TlsSecret>()

/** Reads the pair; each data is read once. */
export function readTlsSecret(data: SecretData): TlsSecret {
  const before = known.get(data)
  if (before !== undefined) return before
  const read = readPair(data)
  known.set(data, read)
  return read
}

function readPair(data: SecretData): TlsSecret {
  const certificates = blocksOf(data, 'tls.crt')
  if ('problem' in certificates) return unusable(certificates.problem)
  const [first, ...more] = certificates.blocks.filter(({ label }) => label === 'CERTIFICATE')
  if (first === undefined) return unusable({ kind: 'no-certificate', field: 'tls.crt' })
  const chain: SignedCertificate[] = []
  for (const { der, line } of [first, ...more]) {
    const certificate = parseCertificate(der)
    if (certificate === undefined) return unusable({ kind: 'bad-certificate', field: 'tls.crt', line })
    chain.push(certificate)
  }
  const [leaf, ...rest] = chain
  if (leaf === undefined) return unusable({ kind: 'no-certificate', field: 'tls.crt' })
  const problem = keyProblem(data, leaf)
  return problem === undefined ? { kind: 'pair', chain: [leaf, ...rest] } : unusable(problem)
}

function keyProblem(data: SecretData, leaf: SignedCertificate): PairProblem | undefined {
  const field = 'tls.key'
  const read = blocksOf(data, field)
  if ('problem' in read) return read.problem
  const block = read.blocks.find(isPrivateKey)
  if (block === undefined) return { kind: 'no-key', field }
  const key = readPrivateKey(block)
  if (key === undefined) return { kind: 'bad-key', field, line: block.line }
  if (leaf.publicKey.kind === 'unknown') return { kind: 'key-unknown', field: 'tls.crt' }
  return sameKey(key.publicKey, leaf.publicKey) ? undefined : { kind: 'key-differs', field }
}

/** The key of a pair as far as certificates can be signed with it: ECDSA P-256 or RSA, or undefined. */
export function readSigningKey(data: SecretData): SigningKey | undefined {
  const read = blocksOf(data, 'tls.key')
  const block = 'blocks' in read ? read.blocks.find(isPrivateKey) : undefined
  return block === undefined ? undefined : readPrivateKey(block)?.signing
}

/** Every certificate of a field, what does not parse left out: a trust store, a `ca.crt`. */
export function readCertificates(pem: string): readonly SignedCertificate[] {
  const read = readPem(pem)
  if ('problem' in read) return []
  return read.blocks
    .filter(({ label }) => label === 'CERTIFICATE')
    .flatMap(({ der }) => parseCertificate(der) ?? [])
}

function blocksOf(
  data: SecretData,
  field: PairProblem['field'],
): { readonly blocks: readonly PemBlock[] } | { readonly problem: PairProblem } {
  const encoded = data[field]
  if (encoded === undefined || encoded === '') return { problem: { kind: 'missing', field } }
  const bytes = decodeBase64(encoded)
  if (bytes === undefined) return { problem: { kind: 'not-base64', field } }
  const read = readPem(textOf(bytes))
  return 'blocks' in read ? read : { problem: { ...read.problem, field } }
}

/** PEM is ASCII; other bytes make no block, whatever they would be. */
function textOf(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

function unusable(problem: PairProblem): TlsSecret {
  return { kind: 'unusable', problem }
}
