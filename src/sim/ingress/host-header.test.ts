import { expect, test } from 'vitest'
import { readHostHeader } from './host-header.ts'

test.each([
  { value: 'web01', name: 'web01' },
  { value: 'WEB01:8080', name: 'web01' },
  { value: 'web01.', name: 'web01' },
  { value: '[fd00::1]:80', name: '[fd00::1]' },
  { value: '', why: 'empty' },
  { value: ':80', why: 'empty' },
  { value: 'a..b', why: 'double-dot' },
  { value: 'a/b', why: 'forbidden-character' },
  { value: 'a b', why: 'forbidden-character' },
])('Host "$value" names $name$why', ({ value, name, why }) => {
  expect(readHostHeader(value)).toEqual(why === undefined ? { ok: true, name } : { ok: false, why })
})
