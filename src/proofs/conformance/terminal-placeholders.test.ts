import { describe, expect, test } from 'vitest'
import { fillCommand, matchText } from './terminal-placeholders.ts'

const patterns = { n: '\\d+', clusterip: '10\\.\\d+\\.\\d+\\.\\d+', age: '\\d+s' }

describe('a golden text', () => {
  test.each([
    { golden: 'a.b', got: 'a.b', matches: true },
    { golden: 'a.b', got: 'axb', matches: false },
    { golden: '<<n>> and <<n>>', got: '1 and 2', matches: true },
    { golden: '<<clusterip>> <<clusterip>>', got: '10.0.0.1 10.0.0.2', matches: false },
    { golden: '; <<>> DiG ->>HEADER<<- <<n>>', got: '; <<>> DiG ->>HEADER<<- 7', matches: true },
    { golden: 'a\n', got: 'a\r\n', matches: true },
    { golden: '<<n>>', got: '1x', matches: false },
  ])('$golden against $got: $matches', ({ golden, got, matches }) => {
    expect(matchText(golden, got, patterns, {}).matches).toBe(matches)
  })

  test('keeps to a value that is tied', () => {
    expect(matchText('<<clusterip>>', '10.0.0.2', patterns, { clusterip: '10.0.0.1' }).matches).toBe(false)
  })

  test.each([
    { got: '7          12        \n', matches: true },
    { got: '7         12        \n', matches: false },
    { got: '7          12       \n', matches: false },
  ])('fills columns of ten, where it is told so: $got', ({ got, matches }) => {
    expect(matchText('<<n>>      <<n>>     \n', got, patterns, {}, 10).matches).toBe(matches)
  })

  test('says what its placeholders stood for', () => {
    expect(matchText('<<n>> <<age>>', '3 5s', patterns, {})).toEqual({
      matches: true,
      found: { n: '3', age: '5s' },
    })
  })

  test('fills a command with what was printed before', () => {
    expect(fillCommand('ping <<clusterip>> <<none>>', { clusterip: '10.0.0.1' })).toBe(
      'ping 10.0.0.1 <<none>>',
    )
  })
})
