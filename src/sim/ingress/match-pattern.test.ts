import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { matchPattern } from './match-pattern.ts'
import { parsePattern } from './parse-pattern.ts'

function match(pattern: string, text: string, ignoreCase = true) {
  const parsed = parsePattern(pattern, { ignoreCase })
  if (!parsed.ok) return parsed.why
  const found = matchPattern(parsed.pattern, text)
  return found.kind === 'matched' ? found.groups : found.kind
}

describe('a pattern', () => {
  test.each([
    { pattern: '^/foo', text: '/FOOBAR', gives: ['/FOO'] },
    { pattern: '^/foo', text: '/x/foo', gives: 'no-match' },
    { pattern: '/something(/|$)(.*)', text: '/something/new', gives: ['/something/new', '/', 'new'] },
    { pattern: '/something(/|$)(.*)', text: '/something', gives: ['/something', '', ''] },
    { pattern: '^/id/[0-9]{3}$', text: '/id/9999', gives: 'no-match' },
    { pattern: '^/id/[0-9]{3}$', text: '/id/999', gives: ['/id/999'] },
    { pattern: '^/[A-Z]{3}', text: '/uuid', gives: ['/uui'] },
    { pattern: '(a)|b', text: 'b', gives: ['b', undefined] },
    { pattern: '(?<name>a+?)a', text: 'aaa', gives: ['aa', 'a'] },
    { pattern: 'a++a', text: 'aaa', gives: 'no-match' },
    { pattern: '(ab)\\1', text: 'abAB', gives: ['abAB', 'ab'] },
    { pattern: '^/(?!api).*', text: '/api/x', gives: 'no-match' },
    { pattern: '[[:digit:]-]+', text: 'a1-2', gives: ['1-2'] },
    { pattern: '[]a]+', text: ']a', gives: [']a'] },
    { pattern: '\\bfoo\\b', text: 'a foo', gives: ['foo'] },
    { pattern: '/bla{alias}', text: '/bla{alias}', gives: ['/bla{alias}'] },
    { pattern: '(', text: '', gives: 'invalid' },
    { pattern: 'a)', text: '', gives: 'invalid' },
    { pattern: '[a', text: '', gives: 'invalid' },
    { pattern: '*a', text: '', gives: 'invalid' },
    { pattern: '[b-a]', text: '', gives: 'invalid' },
    { pattern: '(?<=a)b', text: '', gives: 'not-modelled' },
    { pattern: '\\p{L}', text: '', gives: 'not-modelled' },
  ])('$pattern on $text gives $gives', ({ pattern, text, gives }) => {
    expect(match(pattern, text)).toEqual(gives)
  })

  test('that explodes is given up instead of hanging', () => {
    expect(match('^/re/(a+)+$', `/re/${'a'.repeat(40)}b`)).toBe('too-costly')
  })

  test('of deep nesting or many rounds ends without overflowing the stack', () => {
    expect(match('('.repeat(5000), '')).toBe('invalid')
    expect(match('^(ab)*c', 'ab'.repeat(100_000))).toBe('no-match')
    expect(match('a?'.repeat(5000), 'a'.repeat(5000))).toHaveLength(1)
    expect(match('((a{900}b?){900}b?){900}', '')).toBe('too-costly')
    expect(match('a'.repeat(20_000), 'a'.repeat(20_000))).toHaveLength(1)
  })

  test("agrees with the language's own engine on what both know", () => {
    const atom = fc.constantFrom(
      'a',
      'b',
      '.',
      '[ab]',
      '[^a]',
      '(a)',
      '(b|a)',
      '\\d',
      'a*',
      'b+?',
      '(ab)?',
      'a{1,2}',
    )
    fc.assert(
      fc.property(
        fc.array(atom, { maxLength: 5 }),
        fc.string({ unit: fc.constantFrom('a', 'b', '1') }),
        (atoms, text) => {
          const own = match(atoms.join(''), text, false)
          const theirs = new RegExp(atoms.join('')).exec(text)
          expect(own).toEqual(theirs === null ? 'no-match' : [...theirs])
        },
      ),
      { seed: 7, numRuns: 500 },
    )
  })
})
