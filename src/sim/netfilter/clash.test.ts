/** Two packets of one socket on two CPUs: the second does not find what the first has opened. */
import { describe, expect, test } from 'vitest'
import { printConntrackStatistics } from './conntrack-statistics.ts'
import { packetOf } from './packet-notation.ts'
import { testHost, ways } from './test-host.ts'

const rules = `*nat
:PREROUTING ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
-A PREROUTING -d 10.96.0.10/32 -p udp -m udp --dport 53 -m statistic --mode random --probability 0.5 -j DNAT --to-destination 172.31.0.5:53
-A PREROUTING -d 10.96.0.10/32 -p udp -m udp --dport 53 -j DNAT --to-destination 172.31.0.6:53
COMMIT
`
const question = packetOf('udp 172.31.0.9:40000 > 10.96.0.10:53')
const [FIRST, SECOND] = [0, 2 ** 31 - 1]

/** Sends the question twice, the second time on another CPU; `drawn` are the numbers that nat draws for them. */
function race(...drawn: readonly number[]) {
  const left = [...drawn]
  const host = testHost(rules, () => left.shift() ?? 0)
  const first = host.send(question, ways.forward)
  const second = host.send(question, ways.forward, { racingFrom: 1 })
  const { conntrack, statistics = {} } = host.state()
  return {
    first,
    second,
    entries: conntrack.entries.length,
    counted: printConntrackStatistics(statistics, 1),
  }
}

describe('the second packet of a race', () => {
  test('is dropped where nat chose another destination for it', () => {
    const { first, second, entries, counted } = race(FIRST, SECOND)
    expect(first.line).toBe('udp 172.31.0.9:40000 > 172.31.0.5:53')
    expect(second.line).toBe('drop')
    expect(second.passes.at(-1)?.verdict).toEqual({ kind: 'drop', because: 'conntrack-clash' })
    expect(entries).toBe(1)
    expect(counted).toContain('insert_failed=1 drop=1')
  })

  test('goes on as the first one’s connection where nat chose the same', () => {
    const { second, entries, counted } = race(FIRST, FIRST)
    expect(second.line).toBe('udp 172.31.0.9:40000 > 172.31.0.5:53')
    expect(second.passes.at(-1)).toMatchObject({ clashResolved: true, connection: { entry: { id: 1 } } })
    expect(entries).toBe(1)
    expect(counted).toContain('insert_failed=0 drop=0')
    expect(counted).toContain('clash_resolve=1')
  })

  test('finds an older connection like any other packet', () => {
    const host = testHost(rules, () => SECOND)
    host.send(question, ways.forward)
    const later = host.send(question, ways.forward, { racingFrom: 2 })
    expect(later.line).toBe('udp 172.31.0.9:40000 > 172.31.0.6:53')
    expect(later.passes.at(-1)?.clashResolved).toBeUndefined()
  })
})
