import { describe, expect, test } from 'vitest'
import { encodeBase64 } from './base64.ts'
import { ed25519Pair, p384Pair, rsaPair, rsaPkcs8Key } from './openssl-pairs.fixture.ts'
import { readTlsSecret } from './tls-secret.ts'

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))
const secret = (certificate: string, key: string) => ({
  'tls.crt': encodeBase64(bytes(certificate)),
  'tls.key': encodeBase64(bytes(key)),
})

describe('a Secret with a pair', () => {
  test.each([
    { key: 'RSA 1024', pair: rsaPair, cn: 'rsa.example.com', signature: 'sha256WithRSAEncryption' },
    { key: 'Ed25519', pair: ed25519Pair, cn: 'ed.example.com', signature: 'ED25519' },
    { key: 'ECDSA P-384', pair: p384Pair, cn: 'p384.example.com', signature: 'ecdsa-with-SHA384' },
  ])('of $key reads', ({ key, pair, cn, signature }) => {
    const read = readTlsSecret(secret(pair.certificate, pair.key))
    expect(read.kind === 'pair' ? read.chain[0].certificate : read).toMatchObject({
      key,
      subject: expect.arrayContaining([['CN', cn]]),
      signatureAlgorithm: signature,
    })
  })

  test('may hold its key as PKCS#8', () => {
    expect(readTlsSecret(secret(rsaPair.certificate, rsaPkcs8Key)).kind).toBe('pair')
  })

  test('holds the chain behind the certificate', () => {
    const read = readTlsSecret(secret(rsaPair.certificate + p384Pair.certificate, rsaPair.key))
    expect(read.kind === 'pair' ? read.chain.length : read).toBe(2)
  })
})

describe('a Secret without a usable pair', () => {
  const cut = rsaPair.certificate.replace(/\n-----END CERTIFICATE-----/, '')
  const garbled = rsaPair.certificate.split('\n').toSpliced(3, 1, 'not*base64').join('\n')
  const noCertificate = '-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n'
  const encrypted = rsaPair.key.replace('KEY-----\n', 'KEY-----\nProc-Type: 4,ENCRYPTED\n')
  test.each([
    { what: 'no certificate', data: { 'tls.key': 'eA==' }, problem: { kind: 'missing', field: 'tls.crt' } },
    { what: 'no base64', data: { 'tls.crt': '%%%' }, problem: { kind: 'not-base64', field: 'tls.crt' } },
    { what: 'no PEM', data: secret('hello', ''), problem: { kind: 'no-begin', field: 'tls.crt', line: 1 } },
    {
      what: 'a block without its end',
      data: secret(cut, ''),
      problem: { kind: 'no-end', field: 'tls.crt', line: 1 },
    },
    {
      what: 'a bad line',
      data: secret(garbled, ''),
      problem: { kind: 'bad-base64', field: 'tls.crt', line: 4 },
    },
    {
      what: 'what is no certificate',
      data: secret(noCertificate, ''),
      problem: { kind: 'bad-certificate', field: 'tls.crt', line: 1 },
    },
    {
      what: 'a key in place of a certificate',
      data: secret(rsaPair.key, rsaPair.key),
      problem: { kind: 'no-certificate', field: 'tls.crt' },
    },
    {
      what: 'a certificate in place of a key',
      data: secret(rsaPair.certificate, rsaPair.certificate),
      problem: { kind: 'no-key', field: 'tls.key' },
    },
    {
      what: 'an encrypted key',
      data: secret(rsaPair.certificate, encrypted),
      problem: { kind: 'encrypted', field: 'tls.key', line: 1 },
    },
    {
      what: 'the key of another',
      data: secret(rsaPair.certificate, p384Pair.key),
      problem: { kind: 'key-differs', field: 'tls.key' },
    },
  ])('says so of $what', ({ data, problem }) => {
    expect(readTlsSecret(data)).toEqual({ kind: 'unusable', problem })
  })
})
