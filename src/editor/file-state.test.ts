import { describe, expect, test } from 'vitest'
import type { Diagnostic } from '../sim/manifest/diagnostic.ts'
import { fileStateOf, inTabOrder, problemsOf, tabSign } from './file-state.ts'

const file = { name: 'a.yaml', text: 'kind: Service', applied: true, system: false }
const problem = (severity: Diagnostic['severity'], of = 'a.yaml'): Diagnostic => ({
  severity,
  code: 'yaml-syntax',
  values: {},
  message: 'bad',
  file: of,
})

describe('a file', () => {
  test.each([
    {
      name: 'with the text that the cluster holds',
      draft: undefined,
      applied: true,
      problems: [],
      kind: 'applied',
    },
    {
      name: 'typed back to what it was',
      draft: 'kind: Service',
      applied: true,
      problems: [],
      kind: 'applied',
    },
    { name: 'with another text', draft: 'kind: Pod', applied: true, problems: [], kind: 'changed' },
    { name: 'never applied', draft: undefined, applied: false, problems: [], kind: 'waiting' },
    { name: 'never applied and edited', draft: 'kind: Pod', applied: false, problems: [], kind: 'waiting' },
    { name: 'with an error', draft: 'kind', applied: true, problems: [problem('error')], kind: 'broken' },
    {
      name: 'with a warning alone',
      draft: undefined,
      applied: true,
      problems: [problem('warning')],
      kind: 'applied',
    },
  ])('$name is $kind', ({ draft, applied, problems, kind }) => {
    expect(fileStateOf({ ...file, applied }, draft, problems).kind).toBe(kind)
  })

  test('shows the problems of what was typed rather than of what was applied', () => {
    const applied = [problem('warning'), problem('error', 'b.yaml')]
    expect(problemsOf('a.yaml', { 'a.yaml': [] }, applied)).toEqual([])
    expect(problemsOf('a.yaml', {}, applied)).toEqual([problem('warning')])
  })

  test('of the cluster itself stands after those of the person', () => {
    const files = [
      { ...file, system: true },
      { ...file, name: 'b.yaml' },
      { ...file, name: 'c.yaml' },
    ]
    expect(inTabOrder(files).map(({ name }) => name)).toEqual(['b.yaml', 'c.yaml', 'a.yaml'])
  })
})

describe('the mark of a tab', () => {
  test.each([
    { state: { kind: 'broken', errors: 2, warnings: 1 }, glyph: '✕ 2' },
    { state: { kind: 'applied', errors: 0, warnings: 1 }, glyph: '! 1' },
    { state: { kind: 'applied', errors: 0, warnings: 0 }, glyph: '✓' },
    { state: { kind: 'waiting', errors: 0, warnings: 0 }, glyph: '○' },
  ] as const)('of $state.kind with $state.warnings warnings is $glyph', ({ state, glyph }) => {
    expect(tabSign(state).glyph).toBe(glyph)
  })
})
