import { describe, expect, test } from 'vitest'
import { newFileName } from './new-file-name.ts'

describe('a new file', () => {
  test.each([
    { typed: 'web', name: 'web.yaml' },
    { typed: ' web.yml ', name: 'web.yml' },
    { typed: 'list.json', name: 'list.json' },
    { typed: 'host01.iptables-save', name: 'host01.iptables-save' },
    { typed: 'host01.nft', name: 'host01.nft' },
  ])('typed as "$typed" is named $name', ({ typed, name }) => {
    expect(newFileName(typed, ['pod.yaml'])).toEqual({ ok: true, name })
  })

  test.each([
    { typed: '  ', problem: 'empty' },
    { typed: 'pod', problem: 'taken' },
    { typed: 'pod.txt', problem: 'ending' },
    { typed: '.yaml', problem: 'ending' },
    { typed: '.nft', problem: 'ending' },
    { typed: '../pod.yaml', problem: 'letters' },
    { typed: '<script>', problem: 'letters' },
  ])('typed as "$typed" is refused: $problem', ({ typed, problem }) => {
    expect(newFileName(typed, ['pod.yaml'])).toEqual({ ok: false, problem })
  })
})
