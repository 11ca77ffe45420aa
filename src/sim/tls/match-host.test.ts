import { expect, test } from 'vitest'
import { matchHost, nameFits } from './match-host.ts'
import { ed25519Pair, p384Pair } from './openssl-pairs.fixture.ts'
import { readCertificates } from './tls-secret.ts'

test.each([
  { pattern: 'web01.example.com', host: 'web01.example.com', fits: true },
  { pattern: 'WEB01.example.com', host: 'web01.EXAMPLE.com.', fits: true },
  { pattern: '*.example.com', host: 'web01.example.com', fits: true },
  { pattern: '*.example.com', host: 'a.web01.example.com', fits: false },
  { pattern: '*.example.com', host: 'example.com', fits: false },
  { pattern: '*.com', host: 'example.com', fits: false },
  { pattern: 'w*.example.com', host: 'web01.example.com', fits: false },
])('$pattern for $host: $fits', ({ pattern, host, fits }) => {
  expect(nameFits(pattern, host)).toBe(fits)
})

test('the common name counts where there is no other name, and only there', () => {
  const [onlyCommon] = readCertificates(ed25519Pair.certificate)
  const [alternative] = readCertificates(p384Pair.certificate)
  expect(onlyCommon && matchHost(onlyCommon.certificate, 'ed.example.com')).toMatchObject({
    by: 'common-name',
  })
  expect(alternative && matchHost(alternative.certificate, 'p384.example.com')).toEqual({
    kind: 'mismatch',
    by: 'alternative-name',
    names: ['*.p384.example.com'],
  })
})

test('an address needs an address among the names', () => {
  const [wildcard] = readCertificates(p384Pair.certificate)
  expect(wildcard && matchHost(wildcard.certificate, '192.168.61.10').kind).toBe('mismatch')
})
