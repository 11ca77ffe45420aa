import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseLine } from './parse-line.ts'

describe('a line of shell', () => {
  test.each([
    { line: 'a | b && c', joins: ['always', 'success'] },
    { line: 'a || b; c', joins: ['always', 'failure', 'always'] },
    { line: 'a\nb\n', joins: ['always', 'always'] },
    { line: '', joins: [] },
    { line: '# nothing', joins: [] },
    { line: 'a &&\n b', joins: ['always', 'success'] },
  ])('$line joins its commands', ({ line, joins }) => {
    const parsed = parseLine(line)
    expect(parsed.ok && parsed.value.items.map((item) => item.when)).toEqual(joins)
  })

  test.each([
    { line: '|', problem: { kind: 'unexpected-token', token: '|' } },
    { line: 'a ||', problem: { kind: 'unexpected-end' } },
    { line: 'a >', problem: { kind: 'unexpected-token', token: 'newline' } },
    { line: 'done', problem: { kind: 'unexpected-token', token: 'done' } },
    { line: 'if', problem: { kind: 'unexpected-end' } },
    { line: 'if true; then a; fi', problem: { kind: 'not-simulated', what: "the shell's “if”" } },
    { line: 'echo $(', problem: { kind: 'unmatched', sign: ')' } },
    { line: "echo 'a", problem: { kind: 'unmatched', sign: "'" } },
    { line: 'for i in 1; do done', problem: { kind: 'unexpected-token', token: 'done' } },
    { line: 'cat <<EOF', problem: { kind: 'not-simulated', what: 'a here-document (<<)' } },
  ])('$line is refused', ({ line, problem }) => {
    expect(parseLine(line)).toEqual({ ok: false, problem })
  })

  test('is read to an answer, whatever is typed', () => {
    const letters = fc.constantFrom(...Array.from('ab $()"\'`|&;<>\\{}#\n12=!'))
    fc.assert(
      fc.property(fc.string({ unit: letters, maxLength: 40 }), (line) => {
        expect([true, false]).toContain(parseLine(line).ok)
      }),
      { seed: 20260110, numRuns: 500 },
    )
  })
})
