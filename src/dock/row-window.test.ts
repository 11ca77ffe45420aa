import { describe, expect, test } from 'vitest'
import { rowWindow, scrollTopFor } from './row-window.ts'

describe('the window of a list of 1,000 rows of 20 px in a view of 200 px', () => {
  test.each([
    { scrollTop: 0, from: 0, to: 18 },
    { scrollTop: 2000, from: 92, to: 118 },
    { scrollTop: 19800, from: 982, to: 1000 },
    { scrollTop: 99999, from: 1000, to: 1000 }, // the list has shrunk under the scroll position
  ])('at $scrollTop px is $from to $to', ({ scrollTop, from, to }) => {
    expect(rowWindow(1000, 20, scrollTop, 200)).toEqual({ from, to })
  })

  test.each([
    { row: 5, scrollTop: 0, to: 0 },
    { row: 500, scrollTop: 0, to: 9934 },
    { row: 1, scrollTop: 400, to: 0 },
  ])('brings row $row into sight by scrolling to $to', ({ row, scrollTop, to }) => {
    expect(scrollTopFor(row, 20, scrollTop, 200)).toBe(to)
  })
})
