/**
 * The certificate that ingress-nginx makes for itself at start (internal/net/ssl/ssl.go, GetFakeSSLCert). The real one's key is random; here
 * it is always this one, since a search for primes by seed would cost seconds.
 */
import { invert } from '@noble/curves/abstract/modular.js'
import { openStream } from '../draw.ts'
import type { SignedCertificate } from './certificate.ts'
import { issueCertificate, type SigningKey } from './issue-certificate.ts'
import { drawSerial } from './seeded-key.ts'

const YEAR_MS = 365 * 24 * 3600 * 1000

/**
 * The fake certificate of one controller.
 * @param startedAtMs when its Pod started
 * @param controller `namespace/name` of the Pod, for its serial number
 */
export function fakeCertificate(seed: number, startedAtMs: number, controller: string): SignedCertificate {
  return issueCertificate({
    subject: [
      ['O', 'Acme Co'],
      ['CN', 'Kubernetes Ingress Controller Fake Certificate'],
    ],
    dnsNames: ['ingress.local'],
    ipAddresses: [],
    isCa: false,
    forServers: true,
    notBeforeMs: startedAtMs,
    notAfterMs: startedAtMs + YEAR_MS,
    serial: drawSerial(openStream(seed, `fake-certificate/${controller}`)),
    key: rsaKey(),
  })
}

function rsaKey(): SigningKey {
  const [p, q] = primes.map((digits) => BigInt(`0x${digits}`))
  if (p === undefined || q === undefined) throw new Error('a key has two primes')
  return { kind: 'rsa', modulus: p * q, privateExponent: invert(65537n, (p - 1n) * (q - 1n)) }
}

const primes = [
  [
    'f55c4d02b9dcc9ea2b33dba415a100d439bfafe7b38884919edda803abbf6d051283308305b2a9b5c5dd0906fac9ac86',
    'ee6feda1355c8c2a3f6c4bf7fbabb828838a271ab4207bd0e55d1f9fd389fd6bc4f58961d0bf55f09c3950dace438f9b',
    '6f2853ea847116177d4957089f6fb80de8dcb1428ea3ed83f5750715e48e357b',
  ].join(''),
  [
    'eb5917a1e35669ccc91732d6065c5b2364f910e67d897453752cd71eb8f7ccbde65966de890267694f8d4363bdcfc010',
    '6382fd60764bf028ac5094a5466cdd25cbacd34561623747a75f8bc56e24c7b2226b11d3f04db5701e22736be37aa8d8',
    '48355176dbbf0ac7c02f9d5bf3619c984303b69efb948e37d77d678a38aa6c95',
  ].join(''),
]
