import { describe, expect, test } from 'vitest'
import type { Because } from '../sim/trace/trace.ts'
import { linesOfStep } from './lines-of-step.ts'

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
})
