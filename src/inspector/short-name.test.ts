import { describe, expect, test } from 'vitest'
import { shortName } from './short-name.ts'

describe('a name', () => {
  test.each([
    { name: 'nginx-7c5ddbdf54-dtx7s', room: 16, is: 'nginx-7c5d…dtx7s' },
    { name: 'nginx-7c5ddbdf54-dtx7s', room: 22, is: 'nginx-7c5ddbdf54-dtx7s' },
    { name: 'pod', room: 16, is: 'pod' },
  ])('$name is $is in a room of $room', ({ name, room, is }) => {
    expect(shortName(name, room)).toBe(is)
  })
})
