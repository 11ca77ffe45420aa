import { describe, expect, test } from 'vitest'
import { crc32, hashToMember } from './consistent-hash.ts'

const members = ['172.31.1.2:80', '172.31.2.3:80', '172.31.3.4:80', '172.31.4.5:80']
const keys = Array.from({ length: 2000 }, (_, index) => `/page/${index}`)

test('crc32 gives the check value of ISO 3309', () => {
  expect(crc32('123456789')).toBe(0xcbf43926)
})

describe('a ring of four members', () => {
  test('gives each a share, whatever the order in which they are named', () => {
    const counts = members.map((each) => keys.filter((key) => hashToMember(members, key) === each).length)
    expect(Math.min(...counts)).toBeGreaterThan(350)
    expect(keys.map((key) => hashToMember(members.toReversed(), key))).toEqual(
      keys.map((key) => hashToMember(members, key)),
    )
  })
  test('moves only the keys of a member that goes', () => {
    const left = members.slice(1)
    const moved = keys.filter((key) => hashToMember(members, key) !== hashToMember(left, key))
    expect(moved.every((key) => hashToMember(members, key) === members[0])).toBe(true)
    expect(moved.length).toBeGreaterThan(0)
  })
  test('is empty without members', () => {
    expect(hashToMember([], 'x')).toBeUndefined()
  })
})
