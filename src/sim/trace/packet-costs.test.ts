import { describe, expect, test } from 'vitest'
import { chapterLab, request } from './chapter-lab.fixture.ts'

const { packets, exchanges } = chapterLab().send(request('pod/default/pod', 'http://nginx/'))
const packetsOf = (kind: string) => packets.filter(({ exchange }) => exchanges[exchange]?.kind === kind)

describe('the rules that a packet tries', () => {
  test('are written down for every packet, told or not', () => {
    expect(packetsOf('connect').map(({ says }) => says)).toEqual(['SYN', 'SYN-ACK', 'ACK'])
  })
  test('are counted for every kernel on its way', () => {
    const hosts = packetsOf('connect').map(({ cost }) => Object.keys(cost.byHost))
    expect(hosts).toEqual([
      ['host01', 'host02'],
      ['host02', 'host01'],
      ['host01', 'host02'],
    ])
  })
})
