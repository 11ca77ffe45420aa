import { describe, expect, test } from 'vitest'
import type { Because } from '../sim/trace/trace.ts'
import { lineCount, linesOfStep, spanText } from './lines-of-step.ts'

const object = { kind: 'Service', namespace: 'default', name: 'nginx' }
const at = (file: string, line: number, endLine: number): Because => ({
  object,
  file,
  range: { line, endLine, from: 0, to: 0 },
})

describe('the lines of a step', () => {
  test('are those of this file, in its order, each once', () => {
    const becauses = [
      at('a.yaml', 10, 11),
      at('b.yaml', 3, 3),
      at('a.yaml', 7, 7),
      at('a.yaml', 10, 11),
      { object },
    ]
    expect(linesOfStep(becauses, 'a.yaml')).toEqual([
      { line: 7, endLine: 7 },
      { line: 10, endLine: 11 },
    ])
  })

  test.each([
    { spans: [{ line: 7, endLine: 7 }], text: '7', count: 1 },
    {
      spans: [
        { line: 6, endLine: 7 },
        { line: 10, endLine: 11 },
      ],
      text: '6–7 10–11',
      count: 4,
    },
  ])('read $text and are $count', ({ spans, text, count }) => {
    expect(spans.map(spanText).join(' ')).toBe(text)
    expect(lineCount(spans)).toBe(count)
  })
})
