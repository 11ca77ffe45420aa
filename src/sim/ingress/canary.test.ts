import { describe, expect, test } from 'vitest'
import type { Draw } from '../draw.ts'
import { chooseCanary, readCanaryPolicy } from './canary.ts'
import { anIngress } from './objects.fixture.ts'

const neverDraws = () => {
  throw new Error('drew')
}

function choose(
  annotations: Record<string, string>,
  headers: Record<string, string>,
  draw: Draw = neverDraws,
) {
  const canary = anIngress('c', [], { annotations: { canary: 'true', ...annotations } })
  const { taken, reason } = chooseCanary(readCanaryPolicy(canary), Object.entries(headers), draw)
  return `${taken ? 'canary' : 'main'} by ${reason.kind}`
}

const always = (drawn: number) => () => drawn

describe('a request goes to', () => {
  const header = { 'canary-by-header': 'X-Canary' }
  const value = { ...header, 'canary-by-header-value': 'Do' }
  const pattern = { ...header, 'canary-by-header-pattern': '^Do[A-Z]' }
  const cookie = { 'canary-by-cookie': 'canary' }
  test.each([
    { annotations: header, headers: { 'x-canary': 'always' }, goes: 'canary by header-always' },
    { annotations: header, headers: { 'X-Canary': 'never' }, goes: 'main by header-never' },
    { annotations: value, headers: { 'X-Canary': 'Do' }, goes: 'canary by header-value' },
    { annotations: value, headers: { 'X-Canary': 'always' }, goes: 'main by weight' },
    { annotations: pattern, headers: { 'X-Canary': 'DoIt' }, goes: 'canary by header-pattern' },
    { annotations: pattern, headers: { 'X-Canary': 'Doit' }, goes: 'main by weight' },
    {
      annotations: { ...header, 'canary-by-header-pattern': '[' },
      headers: { 'X-Canary': 'x' },
      goes: 'main by header-pattern-unusable',
    },
    { annotations: cookie, headers: { Cookie: 'a=b; canary=always' }, goes: 'canary by cookie-always' },
    {
      annotations: { ...cookie, 'canary-weight': '100' },
      headers: { Cookie: 'canary=never' },
      goes: 'main by cookie-never',
    },
    { annotations: { 'canary-weight': '100' }, headers: {}, goes: 'canary by weight' },
  ])('$goes with $headers', ({ annotations, headers, goes }) => {
    const needsDraw = goes.endsWith('weight')
    expect(choose(annotations, headers, needsDraw ? always(2 ** 31 - 1) : neverDraws)).toBe(goes)
  })
  test.each([
    { drawn: 0, weight: '1', total: '100', goes: 'canary by weight' },
    { drawn: 2 ** 31 / 2, weight: '50', total: '100', goes: 'main by weight' }, // 51 of 100
    { drawn: 2 ** 31 / 2 - 1, weight: '50', total: '100', goes: 'canary by weight' },
    { drawn: 2 ** 31 / 2, weight: '50', total: '10', goes: 'main by weight' }, // a total below 100 counts as 100
    { drawn: 2 ** 31 / 2, weight: '501', total: '1000', goes: 'canary by weight' },
  ])('$goes when $drawn is drawn with weight $weight of $total', ({ drawn, weight, total, goes }) => {
    expect(choose({ 'canary-weight': weight, 'canary-weight-total': total }, {}, always(drawn))).toBe(goes)
  })
})
