import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseFile } from './parse-file.ts'

const line = fc.oneof(
  fc.constantFrom(
    'apiVersion: v1',
    'kind: Service',
    'metadata:',
    '  name: a',
    'spec:',
    '  ports:',
    '  - port: 80',
    '---',
    '{',
    '[',
    '&a',
    '*a',
    '? x',
    '<<: *a',
    '"',
    '|',
    '\t',
    '!!binary x',
  ),
  fc.string({ maxLength: 12 }),
)
const text = fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n'))

describe('any text at all', () => {
  test('gives diagnostics in order of their place, inside the text', () => {
    fc.assert(
      fc.property(text, (source) => {
        const { diagnostics } = parseFile('a.yaml', source)
        const places = diagnostics.map(({ range }) => range?.from ?? 0)
        expect(places).toEqual(places.toSorted((a, b) => a - b))
        for (const { range } of diagnostics) expect((range?.to ?? 0) <= source.length).toBe(true)
      }),
      { seed: 9, numRuns: 400 },
    )
  })
})
