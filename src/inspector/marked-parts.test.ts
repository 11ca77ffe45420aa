import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { markedParts } from './marked-parts.ts'

/** `[…]` round what is marked. */
function drawn(text: string, marks: readonly string[]): string {
  return markedParts(text, marks)
    .map((part) => (part.marked ? `[${part.text}]` : part.text))
    .join('')
}

describe('a text with marks', () => {
  test.each([
    { marks: ['DNAT'], is: '-j [DNAT] --to 10.0.0.1 DNS' },
    { marks: ['10.0.0.1', 'DNAT'], is: '-j [DNAT] --to [10.0.0.1] DNS' },
    { marks: ['DNAT --to', '--to 10.0.0.1'], is: '-j [DNAT --to 10.0.0.1] DNS' },
    { marks: ['D'], is: '-j [D]NAT --to 10.0.0.1 [D]NS' },
    { marks: ['absent', ''], is: '-j DNAT --to 10.0.0.1 DNS' },
  ])('marked at $marks is $is', ({ marks, is }) => {
    expect(drawn('-j DNAT --to 10.0.0.1 DNS', marks)).toBe(is)
  })

  test('is whole again when its parts are joined', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (text, marks) => {
        expect(
          markedParts(text, marks)
            .map((part) => part.text)
            .join(''),
        ).toBe(text)
      }),
      { seed: 7 },
    )
  })
})
