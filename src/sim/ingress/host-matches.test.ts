import { expect, test } from 'vitest'
import { hostMatches } from './host-matches.ts'

test.each([
  { rule: 'web01', host: 'web01', matches: true },
  { rule: 'web01', host: 'WEB01', matches: true },
  { rule: 'web01', host: 'web01.example.com', matches: false },
  { rule: '*.foo.com', host: 'bar.foo.com', matches: true },
  { rule: '*.foo.com', host: 'baz.bar.foo.com', matches: false }, // one label only
  { rule: '*.foo.com', host: 'foo.com', matches: false },
  { rule: '*.foo.com', host: '.foo.com', matches: false },
  { rule: '', host: 'anything', matches: true },
])('rule host "$rule" matches "$host": $matches', ({ rule, host, matches }) => {
  expect(hostMatches(rule, host)).toBe(matches)
})
