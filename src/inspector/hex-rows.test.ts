import { describe, expect, test } from 'vitest'
import { hexRows } from './hex-rows.ts'

describe('octets as rows', () => {
  const bytes = Uint8Array.from([...Array(12).fill(0), 5, 0x6e, 0x67, 0x69, 0x6e, 0x78, 7, 0xc0, 0x0c])

  test('have eight a row, from the part’s own first octet', () => {
    expect(hexRows(bytes, 12, 21)).toEqual([
      { offset: '000c', octets: ['05', '6e', '67', '69', '6e', '78', '07', 'c0'], letters: '.nginx..' },
      { offset: '0014', octets: ['0c'], letters: '.' },
    ])
  })

  test('have no row where there is no octet', () => {
    expect(hexRows(bytes, 12, 12)).toEqual([])
  })
})
