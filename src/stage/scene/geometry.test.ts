import { describe, expect, test } from 'vitest'
import { crosses, pathOf, pathX, pathY, pointsOfCubic, type Cubic } from './geometry.ts'

const at = (x: number, y: number) => ({ x, y })
const wave: Cubic = [at(0, 0), at(300, 0), at(300, 400), at(600, 400)]

describe('a path', () => {
  test('passes equal distances in equal shares', () => {
    const path = pathOf(pointsOfCubic(wave))
    const chords = Array.from({ length: 64 }, (_, i) =>
      Math.hypot(
        pathX(path, (i + 1) / 64) - pathX(path, i / 64),
        pathY(path, (i + 1) / 64) - pathY(path, i / 64),
      ),
    )
    expect(Math.max(...chords) / Math.min(...chords)).toBeLessThan(1.01)
  })
  test.each([
    { fraction: -1, x: 0, y: 0 },
    { fraction: 0, x: 0, y: 0 },
    { fraction: 0.5, x: 300, y: 200 },
    { fraction: 1, x: 600, y: 400 },
    { fraction: 2, x: 600, y: 400 },
  ])('is at ($x, $y) at $fraction', ({ fraction, x, y }) => {
    const path = pathOf(pointsOfCubic(wave))
    expect(pathX(path, fraction)).toBeCloseTo(x, 1)
    expect(pathY(path, fraction)).toBeCloseTo(y, 1)
  })
  test('of one place stays there', () => {
    const path = pathOf([at(3, 4)])
    expect([pathX(path, 0), pathY(path, 0), pathX(path, 0.7), pathY(path, 1)]).toEqual([3, 4, 3, 4])
  })
})

describe('two curves', () => {
  const line = (y0: number, y1: number): Cubic => [at(0, y0), at(50, y0), at(50, y1), at(100, y1)]
  test.each([
    { what: 'cross when they change sides', a: line(0, 100), b: line(100, 0), cross: true },
    { what: 'do not cross side by side', a: line(0, 100), b: line(10, 110), cross: false },
    { what: 'do not cross for beginning at one place', a: line(0, 100), b: line(0, 50), cross: false },
  ])('$what', ({ a, b, cross }) => {
    expect(crosses(a, b)).toBe(cross)
  })
})
