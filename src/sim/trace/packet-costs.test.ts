import { describe, expect, test } from 'vitest'
import { KUBE_PROXY_CONFIGURATION } from '../cluster/read-cluster-config.ts'
import { chapterLab, request } from './chapter-lab.fixture.ts'
import type { TracedPacket } from './trace.ts'

/** What the packets of `http://nginx/` cost, each by what it says. */
function costs(crowd: number, mode = 'iptables') {
  const lab = chapterLab()
  lab.patch(KUBE_PROXY_CONFIGURATION, { mode })
  lab.crowd(crowd)
  const { packets, exchanges } = lab.send(request('pod/default/pod', 'http://nginx/'))
  const cost = (says: string, direction: TracedPacket['direction'] = 'request') =>
    packets.find(
      (each) =>
        each.says === says && each.direction === direction && exchanges[each.exchange]?.kind !== 'dns',
    )?.rulesTried
  return { first: cost('SYN'), answer: cost('SYN-ACK', 'reply'), later: cost('GET /') }
}

describe('the rules that packets try', () => {
  const [few, many] = [costs(0), costs(200)]

  test('are those in front of its Service’s, and all once more on the Pod’s node, for a connection’s first packet', () => {
    expect(Number(many.first) - Number(few.first)).toBe(100 + 200)
  })
  test('do not grow with the Services for the packets that follow', () => {
    expect([many.answer, many.later]).toEqual([few.answer, few.later])
    expect(few.later).toBeLessThan(Number(few.first))
  })
  test('do not grow with the Services at all with maps, in nftables mode', () => {
    expect(costs(200, 'nftables')).toEqual(costs(0, 'nftables'))
  })
  test('nor with sets and virtual servers, in IPVS mode', () => {
    expect(costs(200, 'ipvs')).toEqual(costs(0, 'ipvs'))
  })
  test('are written down for every packet, told or not', () => {
    const { packets, exchanges } = chapterLab().send(request('pod/default/pod', 'http://nginx/'))
    const connected = exchanges.find(({ kind }) => kind === 'connect')
    const opening = packets.filter(({ exchange }) => exchange === connected?.id)
    expect(opening.map(({ says }) => says)).toEqual(['SYN', 'SYN-ACK', 'ACK'])
  })
})
