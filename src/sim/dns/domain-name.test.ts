import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressAt, cidr } from '../network/address.ts'
import { addressOfReverse, dotsIn, isInZone, joinNames, nameFlaw, reverseName } from './domain-name.ts'

describe('a name', () => {
  test.each([
    { name: 'nginx', flaw: undefined },
    { name: '.', flaw: undefined },
    { name: '', flaw: 'empty-name' },
    { name: 'a..b', flaw: 'empty-label' },
    { name: '.a', flaw: 'empty-label' },
    { name: 'a'.repeat(63), flaw: undefined },
    { name: 'a'.repeat(64), flaw: 'label-too-long' },
    { name: 'é'.repeat(32), flaw: 'label-too-long' }, // 64 octets in UTF-8
    { name: `${'a.'.repeat(126)}a`, flaw: undefined }, // 253 characters
    { name: `${'a.'.repeat(126)}aa`, flaw: 'name-too-long' },
    { name: '_http._tcp.x', flaw: undefined },
  ])('of $name.length characters has the flaw $flaw', ({ name, flaw }) => {
    expect(nameFlaw(name)).toBe(flaw)
  })

  test.each([
    { name: 'nginx.default.svc.cluster.local', zone: 'cluster.local.', inside: true },
    { name: 'ClUsTeR.lOcAl.', zone: 'cluster.local', inside: true },
    { name: 'mycluster.local', zone: 'cluster.local', inside: false },
    { name: 'anything', zone: '.', inside: true },
  ])('$name lies in $zone: $inside', ({ name, zone, inside }) => {
    expect(isInZone(name, zone)).toBe(inside)
  })

  test('counts its final dot as a dot', () => {
    expect([dotsIn('nginx'), dotsIn('nginx.'), dotsIn('a.b.c')]).toEqual([0, 1, 2])
  })

  test('joined with the root is the absolute name', () => {
    expect([joinNames('nginx', '.'), joinNames('nginx', 'svc.cluster.local')]).toEqual([
      'nginx.',
      'nginx.svc.cluster.local.',
    ])
  })
})

describe('a reverse name', () => {
  test('leads back to its address', () => {
    const address = fc
      .tuple(fc.constantFrom(cidr('0.0.0.0/0'), cidr('::/0')), fc.bigInt({ min: 0n, max: (1n << 32n) - 1n }))
      .map(([range, offset]) => addressAt(range, offset))
    fc.assert(
      fc.property(address, (each) => {
        expect(each === undefined ? each : addressOfReverse(reverseName(each))).toBe(each)
      }),
      { seed: 53 },
    )
  })

  test.each(['1.0.0.10.example.', '0.10.in-addr.arpa.', '256.0.0.10.in-addr.arpa.', 'nginx.'])(
    'is not %s',
    (name) => {
      expect(addressOfReverse(name)).toBeUndefined()
    },
  )
})
