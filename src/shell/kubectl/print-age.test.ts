import { describe, expect, test } from 'vitest'
import { printAge } from './print-age.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

// kubectl v1.32.5, get cm: apimachinery pkg/util/duration, HumanDuration.
describe('an age', () => {
  test.each([
    { ms: -5 * second, text: '<invalid>' },
    { ms: -second, text: '0s' },
    { ms: 0, text: '0s' },
    { ms: 119 * second, text: '119s' },
    { ms: 120 * second, text: '2m' },
    { ms: 125 * second, text: '2m5s' },
    { ms: 9 * minute + 59 * second, text: '9m59s' },
    { ms: 10 * minute + second, text: '10m' },
    { ms: 179 * minute, text: '179m' },
    { ms: 3 * hour, text: '3h' },
    { ms: 3 * hour + 7 * minute, text: '3h7m' },
    { ms: 7 * hour + 59 * minute, text: '7h59m' },
    { ms: 8 * hour + 5 * minute, text: '8h' },
    { ms: 47 * hour, text: '47h' },
    { ms: 2 * day, text: '2d' },
    { ms: 2 * day + 3 * hour, text: '2d3h' },
    { ms: 8 * day + hour, text: '8d' },
    { ms: 729 * day, text: '729d' },
    { ms: 730 * day, text: '2y' },
    { ms: 760 * day, text: '2y30d' },
    { ms: 8 * 365 * day, text: '8y' },
  ])('of $ms ms is $text', ({ ms, text }) => {
    expect(printAge(1_000_000, 1_000_000 + ms)).toBe(text)
  })
})
