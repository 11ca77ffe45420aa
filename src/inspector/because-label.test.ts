import { describe, expect, test } from 'vitest'
import type { Because } from '../sim/trace/trace.ts'
import { becauseLabel, distinctBecauses } from './because-label.ts'

const service = { kind: 'Service', namespace: 'default', name: 'nginx' }
const lines = (line: number, endLine: number): Because => ({
  object: service,
  file: 'nginx-service.yaml',
  range: { line, endLine, from: 0, to: 1 },
})

describe('a cause', () => {
  test.each([
    { because: lines(10, 11), label: 'nginx-service.yaml:10–11' },
    { because: lines(7, 7), label: 'nginx-service.yaml:7' },
    { because: { object: service, file: 'nginx-service.yaml' }, label: 'nginx-service.yaml' },
    {
      because: { object: { ...service, kind: 'EndpointSlice', name: 'nginx-8x2kd' } },
      label: 'endpointslice/nginx-8x2kd',
    },
  ])('reads $label', ({ because, label }) => {
    expect(becauseLabel(because)).toBe(label)
  })

  test('that stands on a line already named is named once', () => {
    expect(distinctBecauses([lines(7, 7), lines(10, 11), lines(7, 7)])).toEqual([lines(7, 7), lines(10, 11)])
  })
})
