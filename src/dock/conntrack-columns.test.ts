import { describe, expect, test } from 'vitest'
import { conntrackRows } from './conntrack-columns.ts'

describe('a line of conntrack -L', () => {
  test('of a TCP connection gives its state, both directions and its flags', () => {
    const line =
      'tcp      6 117 SYN_SENT src=172.31.239.199 dst=10.96.0.1 sport=41822 dport=80 [UNREPLIED] src=172.31.89.240 dst=172.31.239.199 sport=80 dport=41822 mark=0 use=1'
    expect(conntrackRows(line)).toEqual([
      {
        text: line,
        protocol: 'tcp',
        timeout: '117',
        state: 'SYN_SENT',
        original: 'src=172.31.239.199 dst=10.96.0.1 sport=41822 dport=80',
        reply: 'src=172.31.89.240 dst=172.31.239.199 sport=80 dport=41822',
        flags: ['UNREPLIED'],
      },
    ])
  })

  test('of a UDP connection has no state', () => {
    const line =
      'udp      17 29 src=10.0.0.1 dst=10.0.0.2 sport=1 dport=53 src=10.0.0.2 dst=10.0.0.1 sport=53 dport=1 [ASSURED] mark=0 use=1'
    expect(conntrackRows(line)[0]).toMatchObject({ state: '', flags: ['ASSURED'] })
  })

  test('of an ICMP echo keeps type, code and id', () => {
    const line =
      'icmp     1 29 src=10.0.0.1 dst=10.0.0.2 type=8 code=0 id=7 src=10.0.0.2 dst=10.0.0.1 type=0 code=0 id=7 mark=0 use=1'
    expect(conntrackRows(line)[0]?.original).toBe('src=10.0.0.1 dst=10.0.0.2 type=8 code=0 id=7')
  })

  test.each(['', 'conntrack v1.4.7 (conntrack-tools): 3 flow entries have been shown.'])(
    '"%s" is no connection',
    (line) => {
      expect(conntrackRows(line)).toEqual([])
    },
  )
})
