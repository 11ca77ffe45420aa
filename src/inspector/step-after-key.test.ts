import { describe, expect, test } from 'vitest'
import { stepAfterKey } from './step-after-key.ts'

describe('at step 3 of 17', () => {
  test.each([
    { key: 'ArrowDown', to: 4 },
    { key: 'ArrowUp', to: 2 },
    { key: 'PageUp', to: 0 },
    { key: 'PageDown', to: 13 },
    { key: 'Home', to: 0 },
    { key: 'End', to: 16 },
    { key: 'x', to: undefined },
  ])('$key leads to $to', ({ key, to }) => {
    expect(stepAfterKey(key, 3, 17)).toBe(to)
  })
})
