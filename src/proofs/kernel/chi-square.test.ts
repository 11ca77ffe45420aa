import { describe, expect, test } from 'vitest'
import { fit, upperTail } from './chi-square.ts'

describe('the upper tail of chi-square', () => {
  // Critical values as every table of the distribution prints them.
  test.each([
    { x: 3.841, degrees: 1, p: 0.05 },
    { x: 10.828, degrees: 1, p: 0.001 },
    { x: 5.991, degrees: 2, p: 0.05 },
    { x: 7.815, degrees: 3, p: 0.05 },
    { x: 18.467, degrees: 4, p: 0.001 },
    { x: 20.515, degrees: 5, p: 0.001 },
  ])('beyond $x with $degrees degrees of freedom is $p', ({ x, degrees, p }) => {
    expect(upperTail(x, degrees) / p).toBeCloseTo(1, 3)
  })
})

describe('counts', () => {
  test('that are as the shares say fit', () => {
    expect(fit([200, 200, 200, 200, 200], [0.2, 0.2, 0.2, 0.2, 0.2])).toBe(1)
  })

  test('of a chain whose first row takes a half do not fit fifths', () => {
    expect(fit([500, 125, 125, 125, 125], [0.2, 0.2, 0.2, 0.2, 0.2])).toBeLessThan(1e-6)
  })
})
