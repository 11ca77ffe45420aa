import { describe, expect, test } from 'vitest'
import { printConntrackStatistics } from './conntrack-statistics.ts'
import { kernelConntrack } from './conntrack-settings.ts'
import { packetOf } from './packet-notation.ts'
import { testHost, ways } from './test-host.ts'

const syn = (port: number) => packetOf(`tcp 10.0.0.1:${port} > 192.168.61.11:80`)
const smallTable = { conntrack: { ...kernelConntrack, max: 1 } }

describe('the statistics', () => {
  test('count a connection that gave its place to a new one', () => {
    const host = testHost('', () => 0)
    host.send(syn(1000), ways.in, smallTable)
    expect(host.send(syn(1001), ways.in, smallTable).line).not.toBe('drop')
    expect(host.state().statistics).toEqual({ earlyDrop: 1 })
  })

  test('count a packet that found no place in a table of assured connections', () => {
    const host = testHost('', () => 0)
    host.send(syn(1000), ways.in, smallTable)
    host.send(packetOf('tcp 192.168.61.11:80 > 10.0.0.1:1000 SYN ACK'), ways.out, smallTable)
    host.send(packetOf('tcp 10.0.0.1:1000 > 192.168.61.11:80 ACK'), ways.in, smallTable)
    expect(host.send(syn(1001), ways.in, smallTable).line).toBe('drop')
    expect(host.state().statistics).toEqual({ drop: 1 })
  })

  test('count what belongs to no connection and opens none', () => {
    const host = testHost('', () => 0)
    host.send(packetOf('tcp 10.0.0.1:1000 > 192.168.61.11:80 RST'), ways.in)
    host.send(packetOf('icmp 10.0.0.1 > 192.168.61.11 0/0 id 7'), ways.in)
    expect(host.state().statistics).toEqual({ invalid: 2 })
  })

  test('are printed of each CPU, all of it on the first', () => {
    expect(printConntrackStatistics({ invalid: 2, earlyDrop: 1 }, 2)).toBe(
      'cpu=0   \tfound=0 invalid=2 insert=0 insert_failed=0 drop=0 early_drop=1 error=0 search_restart=0 clash_resolve=0 chaintoolong=0 \n' +
        'cpu=1   \tfound=0 invalid=0 insert=0 insert_failed=0 drop=0 early_drop=0 error=0 search_restart=0 clash_resolve=0 chaintoolong=0 \n',
    )
  })
})
