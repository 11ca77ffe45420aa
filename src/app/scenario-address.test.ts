import { describe, expect, test } from 'vitest'
import { scenarioIn, withScenario } from './scenario-address.ts'

const page = 'https://teacher.example/podpath/'

describe('the address of a page', () => {
  test.each([
    { address: page, id: undefined },
    { address: `${page}?scenario=two-subnets`, id: 'two-subnets' },
    { address: `${page}?scenario=`, id: '' },
    { address: `${page}?lesson=1&scenario=proxy-modes#top`, id: 'proxy-modes' },
  ])('$address names $id', ({ address, id }) => {
    expect(scenarioIn(address)).toBe(id)
  })

  test.each([
    { from: page, id: 'two-subnets', isFirst: false, to: `${page}?scenario=two-subnets` },
    { from: `${page}?scenario=two-subnets`, id: 'chapter-9', isFirst: true, to: page },
    {
      from: `${page}?lesson=1`,
      id: 'proxy-modes',
      isFirst: false,
      to: `${page}?lesson=1&scenario=proxy-modes`,
    },
  ])('$from becomes $to for $id', ({ from, id, isFirst, to }) => {
    expect(withScenario(from, id, isFirst)).toBe(to)
  })
})
