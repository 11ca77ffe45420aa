import { describe, expect, test } from 'vitest'
import { foldedLines } from './folded-lines.ts'

const block = ['location "/" {', '', ...Array.from({ length: 12 }, (_, at) => `\tset $v${at} "";`), '}']

describe('a long block', () => {
  test('keeps its first, last and marked lines, and folds each run between them into one', () => {
    expect(foldedLines(block.join('\n'), ['set $v3 '])).toBe(
      ['location "/" {', '\t⋯', '\tset $v3 "";', '\t⋯', '}'].join('\n'),
    )
  })
  test('stays whole without a mark in it, or where it is short', () => {
    expect(foldedLines(block.join('\n'), ['other'])).toBeUndefined()
    expect(foldedLines('a\nb', ['a'])).toBeUndefined()
  })
})
