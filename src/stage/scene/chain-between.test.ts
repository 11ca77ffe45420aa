import { describe, expect, test } from 'vitest'
import { chainBetween } from './chain-between.ts'

const wires = ['client>service', 'service>pod', 'client>dns', 'dns>coredns', 'pod>far', 'far>farther'].map(
  (id) => {
    const [from = '', to = ''] = id.split('>')
    return { id, from, to }
  },
)

describe('the way over wires', () => {
  test.each([
    { from: 'client', to: 'service', way: 'client>service' },
    { from: 'pod', to: 'client', way: '-service>pod -client>service' },
    { from: 'coredns', to: 'service', way: '-dns>coredns -client>dns client>service' },
    { from: 'client', to: 'farther', way: undefined },
    { from: 'client', to: 'nowhere', way: undefined },
  ])('from $from to $to is $way', ({ from, to, way }) => {
    const chain = chainBetween(wires, from, to)
    expect(chain?.map(({ wire, isReversed }) => `${isReversed ? '-' : ''}${wire.id}`).join(' ')).toBe(way)
  })
})
