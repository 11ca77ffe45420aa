import { describe, expect, test } from 'vitest'
import type { Because } from '../sim/trace/trace.ts'
import { becauseLabel, becauseParts } from './because-label.ts'

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

  test.each([
    { locale: 'en', reads: 'nginx-service.yaml:7 and nginx-service.yaml:10–11' },
    { locale: 'zh-CN', reads: 'nginx-service.yaml:7和nginx-service.yaml:10–11' },
  ])('that stands on a line already named is named once, in $locale too', ({ locale, reads }) => {
    const parts = becauseParts([lines(7, 7), lines(10, 11), lines(7, 7)], locale)
    expect(parts.map((part) => ('words' in part ? part.words : becauseLabel(part.because))).join('')).toBe(
      reads,
    )
  })
})
