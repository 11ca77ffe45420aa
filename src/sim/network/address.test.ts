import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addressAt,
  cidr,
  cidrContains,
  cidrSize,
  hostCidr,
  ip,
  ipValue,
  networkAddress,
  parseCidr,
  parseIp,
  prefixBits,
} from './address.ts'

describe('an address', () => {
  test.each([
    { text: '172.31.239.228', canonical: '172.31.239.228' },
    { text: '172.30.0.041', canonical: '172.30.0.41' }, // decimal, as Kubernetes reads it
    { text: '0.0.0.0', canonical: '0.0.0.0' },
    { text: 'FD00:0:0:0:0:0:0:1', canonical: 'fd00::1' },
    { text: '2001:db8:0:0:1:0:0:1', canonical: '2001:db8::1:0:0:1' }, // the first of equal runs
    { text: '2001:db8:0:1:1:1:1:1', canonical: '2001:db8:0:1:1:1:1:1' }, // one group is no run
    { text: '::ffff:10.1.2.3', canonical: '::ffff:a01:203' },
    { text: '::', canonical: '::' },
  ])('$text is kept as $canonical', ({ text, canonical }) => {
    expect(parseIp(text)).toBe(canonical)
  })
  test.each([
    '',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '1.2.3.x',
    ':::',
    '1::2::3',
    'fd00::12345',
    '1:2:3:4:5:6:7',
    'nginx',
  ])('refuses %j', (text) => {
    expect(parseIp(text)).toBeUndefined()
  })
  test('of IPv4 prints as it was read, whatever it is', () => {
    fc.assert(
      fc.property(fc.ipV4(), (text) => {
        expect(parseIp(text)).toBe(text)
      }),
      { seed: 1 },
    )
  })
  test('of IPv6 keeps its value through its canonical text', () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const address = ip(text)
        expect(ipValue(ip(address))).toBe(ipValue(address))
      }),
      { seed: 1 },
    )
  })
})

describe('a range', () => {
  test.each([
    { text: '172.31.239.200/26', canonical: '172.31.239.192/26' },
    { text: '10.96.0.1/12', canonical: '10.96.0.0/12' },
    { text: '0.0.0.0/0', canonical: '0.0.0.0/0' },
    { text: 'fd00::1/64', canonical: 'fd00::/64' },
  ])('$text clears its host bits: $canonical', ({ text, canonical }) => {
    expect(parseCidr(text)).toBe(canonical)
  })
  test.each(['10.0.0.0', '10.0.0.0/33', '10.0.0/8', 'fd00::/129', '/8', '10.0.0.0/x'])(
    'refuses %j',
    (text) => {
      expect(parseCidr(text)).toBeUndefined()
    },
  )
  test.each([
    { range: '172.31.239.192/26', address: '172.31.239.192', holds: true },
    { range: '172.31.239.192/26', address: '172.31.239.255', holds: true },
    { range: '172.31.239.192/26', address: '172.31.239.191', holds: false },
    { range: '0.0.0.0/0', address: '8.8.8.8', holds: true },
    { range: '0.0.0.0/0', address: '::1', holds: false }, // families never mix
  ])('$range holds $address: $holds', ({ range, address, holds }) => {
    expect(cidrContains(cidr(range), ip(address))).toBe(holds)
  })
  test('gives every address that it holds, and none outside', () => {
    const range = cidr('172.31.239.192/26')
    expect(cidrSize(range)).toBe(64n)
    expect(addressAt(range, 0)).toBe('172.31.239.192')
    expect(addressAt(range, 63)).toBe('172.31.239.255')
    expect(addressAt(range, 64)).toBeUndefined()
    expect(addressAt(range, -1)).toBeUndefined()
  })
  test('of one address holds that address alone', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV4(), (one, other) => {
        expect(cidrContains(hostCidr(ip(one)), ip(other))).toBe(one === other)
        expect(prefixBits(hostCidr(ip(one)))).toBe(32)
      }),
      { seed: 1 },
    )
  })
})

describe('an IPv4 range', () => {
  const addresses = fc.integer({ min: 0, max: 2 ** 32 - 1 }).map((value) => {
    const parts = [24, 16, 8, 0].map((shift) => (value >>> shift) & 255)
    return ip(parts.join('.'))
  })
  test('holds just the addresses between its first and its last', () => {
    fc.assert(
      fc.property(addresses, fc.integer({ min: 0, max: 32 }), addresses, (base, bits, address) => {
        const range = cidr(`${base}/${bits}`)
        const offset = ipValue(address) - ipValue(networkAddress(range))
        expect(cidrContains(range, address)).toBe(offset >= 0n && offset < cidrSize(range))
        expect(cidrContains(range, base)).toBe(true)
      }),
      { seed: 1, numRuns: 500 },
    )
  })
})
