import { describe, expect, test } from 'vitest'
import { findLocation } from './find-location.ts'
import { tellLocations } from './tell-locations.ts'
import { aConfig, anIngress } from './objects.fixture.ts'

/** The candidates of a host with these paths, `= "/foo" won path-equal`. */
function search(paths: readonly string[], path: string, annotations: Record<string, string> = {}) {
  const rules = paths.map((each, index) => `h ${each} s${index}:80`)
  const { servers } = aConfig({ ingresses: [anIngress('h', rules, { annotations })] })
  const locations = servers.find(({ hostname }) => hostname === 'h')?.locations ?? []
  const found = findLocation(locations, path)
  const lines = tellLocations(locations, found, path).map(
    ({ name, verdict, reason }) => `${name} ${verdict} ${reason.kind}`,
  )
  return { kind: found.kind, lines: lines.map((line) => line.replace('location ', '')) }
}

describe('nginx takes', () => {
  test('an equal "=" at once', () => {
    expect(search(['/foo', '/'], '/foo')).toEqual({
      kind: 'found',
      lines: ['= "/foo" won path-equal', '"/foo/" not-tried earlier-won', '"/" not-tried earlier-won'],
    })
  })
  test('else the longest prefix; shorter ones that fit lose to it', () => {
    expect(search(['/aaa', '/aaa/bbb', '/'], '/aaa/bbb/ccc')).toEqual({
      kind: 'found',
      lines: [
        '= "/aaa/bbb" lost path-differs',
        '= "/aaa" lost path-differs',
        '"/aaa/bbb/" won prefix-fits',
        '"/aaa/" lost prefix-shorter',
        '"/" lost prefix-shorter',
      ],
    })
  })
  test('not a prefix that ends inside a word', () => {
    expect(search(['/aaa', '/'], '/aaaccc').lines).toEqual([
      '= "/aaa" lost path-differs',
      '"/aaa/" lost prefix-differs',
      '"/" won prefix-fits',
    ])
  })
  test.each(['=/my-path/', '/my-path/'])('301 for /my-path where only %s is there', (rule) => {
    const { kind, lines } = search([rule], '/my-path')
    expect(kind).toBe('slash-missing')
    expect(lines).toContain('= "/my-path/" won slash-missing')
  })
  test('the first regular expression in file order, and asks no more', () => {
    expect(
      search(['/foo/bar/bar', '/foo/bar/[a-z]{3}', '/'], '/FOO/bar/bar', { 'use-regex': 'true' }),
    ).toEqual({
      kind: 'found',
      lines: [
        '~* "^/foo/bar/[a-z]{3}" won regex-fits',
        '~* "^/foo/bar/bar" not-tried earlier-won',
        '~* "^/" not-tried earlier-won',
      ],
    })
  })
  test.each([
    { pattern: '/re/(a+)+$', kind: 'regex-too-costly' },
    { pattern: '/(?<=x)y', kind: 'regex-not-modelled' },
  ])('nothing behind a pattern that is $kind', ({ pattern, kind }) => {
    expect(search([pattern, '/'], `/re/${'a'.repeat(40)}b`, { 'use-regex': 'true' }).kind).toBe(kind)
  })
})
