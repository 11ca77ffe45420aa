import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normaliseUri } from './normalise-uri.ts'

describe('the path by which nginx matches', () => {
  test.each([
    { target: '/', path: '/' },
    { target: '/a/b?c=d', path: '/a/b', query: 'c=d' },
    { target: '/a?', path: '/a', query: '' },
    { target: '/a#b', path: '/a' },
    { target: '//a///b', path: '/a/b' },
    { target: '/a/./b/../c', path: '/a/c' },
    { target: '/a/b/..', path: '/a/' },
    { target: '/a/b/.', path: '/a/b/' },
    { target: '/ip/abc/../../uuid', path: '/uuid' },
    { target: '/a%20b', path: '/a b' },
    { target: '/a%2Fb', path: '/a/b' },
    { target: '/%2e%2e/', why: 'above-root' },
    { target: '/..', why: 'above-root' },
    { target: '/a%3Fb?c', path: '/a?b', query: 'c' },
    { target: '/é', path: '/\xc3\xa9' },
    { target: '/%zz', why: 'bad-escape' },
    { target: '/%00', why: 'bad-escape' },
    { target: '/a b', why: 'control-character' },
    { target: '', why: 'no-absolute-path' },
    { target: 'web01', why: 'no-absolute-path' },
  ])('of $target', ({ target, path, query, why }) => {
    expect(normaliseUri(target)).toEqual(
      why === undefined ? { ok: true, path, ...(query !== undefined && { query }) } : { ok: false, why },
    )
  })

  test('never has an empty, "." or ".." element before its end', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('/', '.', 'a', '%2e', '%2f', '?') }), (text) => {
        const uri = normaliseUri(`/${text}`)
        const elements = uri.ok ? uri.path.slice(1).split('/').slice(0, -1) : []
        expect(elements.filter((each) => each === '' || each === '.' || each === '..')).toEqual([])
      }),
      { seed: 5 },
    )
  })
})
