import { describe, expect, test } from 'vitest'
import { lookUpSet, type IpSetType, type SetDirection } from './ip-sets.ts'
import { packetOf } from './packet-notation.ts'
import { parseIptablesSave } from './parse-iptables-save.ts'
import { printIpsets } from './print-ipset.ts'

const toService = 'tcp 172.31.1.2:40000 > 10.96.0.80:80'

describe('a set', () => {
  const cases: readonly {
    readonly type: IpSetType
    readonly entry: string
    readonly directions: string
    readonly packet?: string
    readonly isIn: boolean
  }[] = [
    { type: 'hash:ip,port', entry: '10.96.0.80,tcp:80', directions: 'dst,dst', isIn: true },
    { type: 'hash:ip,port', entry: '10.96.0.80,udp:80', directions: 'dst,dst', isIn: false },
    { type: 'hash:ip,port', entry: '10.96.0.80,tcp:80', directions: 'src,dst', isIn: false },
    { type: 'hash:ip,port', entry: '172.31.1.2,tcp:80', directions: 'src,dst', isIn: true },
    {
      type: 'hash:ip,port',
      entry: '10.96.0.80,tcp:80',
      directions: 'dst,dst',
      packet: 'icmp 172.31.1.2 > 10.96.0.80',
      isIn: false,
    },
    { type: 'hash:ip,port,ip', entry: '10.96.0.80,tcp:80,172.31.1.2', directions: 'dst,dst,src', isIn: true },
    {
      type: 'hash:ip,port,ip',
      entry: '10.96.0.80,tcp:80,10.96.0.80',
      directions: 'dst,dst,src',
      isIn: false,
    },
    {
      type: 'hash:ip,port,net',
      entry: '10.96.0.80,tcp:80,172.31.0.0/16',
      directions: 'dst,dst,src',
      isIn: true,
    },
    {
      type: 'hash:ip,port,net',
      entry: '10.96.0.80,tcp:80,172.30.0.0/16',
      directions: 'dst,dst,src',
      isIn: false,
    },
    { type: 'bitmap:port', entry: '80', directions: 'dst', isIn: true },
    {
      type: 'bitmap:port',
      entry: '80',
      directions: 'dst',
      packet: 'sctp 172.31.1.2:1 > 10.96.0.80:80',
      isIn: false,
    },
    {
      type: 'hash:ip',
      entry: '10.96.0.80',
      directions: 'dst',
      packet: 'icmp 172.31.1.2 > 10.96.0.80',
      isIn: true,
    },
    { type: 'hash:net', entry: '10.96.0.0/12', directions: 'dst', isIn: true },
  ]
  test.each(cases)(
    '$type with $entry has by $directions: $isIn',
    ({ type, entry, directions, packet, isIn }) => {
      const sets = { s: { type, version: 4, entries: [entry] } } as const
      const ends = directions.split(',').map((end): SetDirection => (end === 'src' ? 'src' : 'dst'))
      expect(lookUpSet(sets, 's', ends, packetOf(packet ?? toService))?.isIn).toBe(isIn)
    },
  )
  test('that nobody told of is not an empty one', () => {
    expect(lookUpSet({}, 's', ['dst'], packetOf(toService))).toBeUndefined()
  })
})

describe('ipset list', () => {
  const sets = {
    PORTS: { type: 'bitmap:port', version: 4, entries: ['80'] },
    PORTALS: { type: 'hash:ip,port', version: 4, entries: ['10.96.0.80,tcp:80'] },
  } as const
  const { ruleset } = parseIptablesSave(
    '*nat\n:A - [0:0]\n-A A -m set --match-set PORTALS dst,dst -j ACCEPT\nCOMMIT\n',
  )

  test('prints a set with its type, how many rules ask it, and its members', () => {
    expect(printIpsets(sets, ruleset, 'PORTALS')).toBe(
      [
        'Name: PORTALS',
        'Type: hash:ip,port',
        'Revision: 5',
        'Header: family inet hashsize 1024 maxelem 65536',
        'Size in memory: 264',
        'References: 1',
        'Number of entries: 1',
        'Members:',
        '10.96.0.80,tcp:80',
        '',
      ].join('\n'),
    )
  })
  test('prints all sets with an empty line between, and none that is not there', () => {
    expect(printIpsets(sets, ruleset)).toMatch(/^Name: PORTS\n[\s\S]*\n80\n\nName: PORTALS\n/)
    expect(printIpsets(sets, ruleset, 'OTHER')).toBeUndefined()
  })
})
