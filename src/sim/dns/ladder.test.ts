import { describe, expect, test } from 'vitest'
import { isWaiting, ladderOf } from './ladder.ts'
import { parseResolvConf } from './resolv-conf.ts'

const conf = parseResolvConf('search a b\nnameserver 10.96.0.10\noptions ndots:2\n', 'glibc')

describe('the ladder of a name with ndots:2 and the search list a b', () => {
  test.each([
    { flavour: 'glibc' as const, name: 'x', asked: ['x.a.', 'x.b.', 'x.'] },
    { flavour: 'glibc' as const, name: 'x.y.z', asked: ['x.y.z.', 'x.y.z.a.', 'x.y.z.b.'] },
    { flavour: 'glibc' as const, name: 'x.', asked: ['x.'] },
    { flavour: 'musl' as const, name: 'x.y', asked: ['x.y.a.', 'x.y.b.', 'x.y.'] },
    { flavour: 'musl' as const, name: 'x.y.z', asked: ['x.y.z.'] },
    { flavour: 'busybox-nslookup' as const, name: 'x', asked: ['x.a.', 'x.b.'] },
    { flavour: 'busybox-nslookup' as const, name: 'x.y', asked: ['x.y.'] },
    { flavour: 'dig' as const, name: 'x', asked: ['x.'] },
    { flavour: 'dig-search' as const, name: 'x', asked: ['x.a.', 'x.b.', 'x.'] },
    { flavour: 'nslookup' as const, name: 'x.y.z', asked: ['x.y.z.'] },
  ])('has $asked for $name in $flavour', ({ flavour, name, asked }) => {
    const rungs = ladderOf(name, conf, flavour)
    expect(rungs.filter(isWaiting).map((rung) => rung.name)).toEqual(asked)
  })

  test('shows with its reason what will never be asked', () => {
    const rungs = ladderOf('x.y.z', conf, 'musl')
    expect(rungs.map(({ name, reason }) => `${name} ${reason.kind}`)).toEqual([
      'x.y.z. absolute-only',
      'x.y.z.a. enough-dots',
      'x.y.z.b. enough-dots',
    ])
  })

  test('leaves out a search domain with which the name grows too long', () => {
    const long = parseResolvConf(`search ${'a.'.repeat(120)}a b\nnameserver ::1\noptions ndots:5\n`, 'glibc')
    const rungs = ladderOf('x'.repeat(40), long, 'glibc')
    expect(rungs.map((rung) => rung.reason.kind)).toEqual(['too-long', 'in-list', 'absolute-last'])
  })
})
