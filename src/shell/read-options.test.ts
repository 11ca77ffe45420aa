import { describe, expect, test } from 'vitest'
import { allValues, isGiven, lastValue, readOptions } from './read-options.ts'

const table = { flags: ['v', 's', 'all'], values: ['H', 'o', 'n', 'output'] }

describe('options', () => {
  test.each([
    {
      args: ['-vH', 'Host:x', 'u'],
      given: [
        ['v', ''],
        ['H', 'Host:x'],
      ],
      operands: ['u'],
    },
    {
      args: ['-sofile', '--output=x'],
      given: [
        ['s', ''],
        ['o', 'file'],
        ['output', 'x'],
      ],
      operands: [],
    },
    { args: ['a', '-n', 'b', 'c', '-'], given: [['n', 'b']], operands: ['a', 'c', '-'] },
    { args: ['-n=b'], given: [['n', 'b']], operands: [] },
    { args: ['a', '--', '-v'], given: [], operands: ['a', '-v'] },
  ])('$args', ({ args, given, operands }) => {
    const read = readOptions(args, table)
    expect(read.ok && [read.options.map(({ name, value }) => [name, value]), read.operands]).toEqual([
      given,
      operands,
    ])
  })

  test.each([
    { args: ['-x'], problem: 'unknown', option: '-x' },
    { args: ['--nope=1'], problem: 'unknown', option: '--nope=1' },
    { args: ['-vn'], problem: 'needs-value', option: '-n' },
    { args: ['--output'], problem: 'needs-value', option: '--output' },
  ])('$args is $problem', ({ args, problem, option }) => {
    expect(readOptions(args, table)).toEqual({ ok: false, problem, option })
  })

  test('count from the last one given', () => {
    const options = [
      { name: 'n', value: 'a' },
      { name: 'n', value: 'b' },
      { name: 'all', value: 'false' },
    ]
    expect([lastValue(options, 'n'), allValues(options, 'n'), isGiven(options, 'all')]).toEqual([
      'b',
      ['a', 'b'],
      false,
    ])
  })
})
