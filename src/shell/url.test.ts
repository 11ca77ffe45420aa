import { describe, expect, test } from 'vitest'
import { hostHeader, printUrl, readUrl, resolveLocation } from './url.ts'

describe('a URL', () => {
  test.each([
    { text: 'nginx', printed: 'http://nginx/', host: 'nginx' },
    { text: 'http://host01:31326/a?b#c', printed: 'http://host01:31326/a?b', host: 'host01:31326' },
    { text: 'https://web01:443', printed: 'https://web01/', host: 'web01' },
    { text: 'http://[fd00::1]:8080/', printed: 'http://[fd00::1]:8080/', host: '[fd00::1]:8080' },
    { text: 'http://u:p@x?q', printed: 'http://x/?q', host: 'x' },
  ])('$text is $printed', ({ text, printed, host }) => {
    const read = readUrl(text)
    expect(read.ok && [printUrl(read.url), hostHeader(read.url)]).toEqual([printed, host])
  })

  test.each(['http://nginx:99999', 'http://ngi nx', 'http://', 'http://a:0', ''])(
    '%s is malformed',
    (text) => {
      expect(readUrl(text)).toEqual({ ok: false, problem: 'malformed' })
    },
  )

  test('of another scheme is refused by its name', () => {
    expect(readUrl('foo://nginx')).toEqual({ ok: false, problem: 'scheme', scheme: 'foo' })
  })

  test.each([
    { location: '/b', to: 'http://h:81/b' },
    { location: 'b', to: 'http://h:81/a/b' },
    { location: 'https://x/', to: 'https://x/' },
    { location: '//x/y', to: 'http://x/y' },
  ])('leads from http://h:81/a/x to $to by Location: $location', ({ location, to }) => {
    const base = readUrl('http://h:81/a/x')
    expect(base.ok && resolveLocation(location, base.url)).toBe(to)
  })
})
