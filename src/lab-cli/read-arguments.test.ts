import { describe, expect, test } from 'vitest'
import { readArguments } from './read-arguments.ts'

describe('the command line', () => {
  test('lets --at hold for the commands behind it', () => {
    const read = readArguments(['-c', 'a', '--at', 'laptop', '-c', 'b', '--at=pod/default/pod', '-c', 'c'])
    expect(read.kind === 'run' && read.args.commands).toEqual([
      { at: 'host01', line: 'a' },
      { at: 'laptop', line: 'b' },
      { at: 'pod/default/pod', line: 'c' },
    ])
  })

  test('keeps files in their order, and takes a seed', () => {
    const read = readArguments(['-f', 'b', '-f', 'a', '--seed', '9', '--json', '--scenario', 'x'])
    expect(read.kind === 'run' && read.args).toEqual({
      files: ['b', 'a'],
      scenario: 'x',
      seed: 9,
      faults: [],
      json: true,
      commands: [],
      at: 'host01',
    })
  })

  test.each([
    { argv: ['--nope'], message: 'unknown argument --nope' },
    { argv: ['-f'], message: '-f needs a value' },
    { argv: ['--seed', 'x'], message: '--seed needs a whole number, not x' },
    { argv: ['--fault', 'x'], message: '--fault knows conntrack-race, not x' },
    { argv: ['check', '-f', 'd'], message: 'check: findings are not there yet; a later release brings them' },
  ])('refuses $argv', ({ argv, message }) => {
    expect(readArguments(argv)).toEqual({ kind: 'problem', message })
  })
})
