import { describe, expect, test } from 'vitest'
import { lookUpSet } from './ip-sets.ts'
import { packetOf } from './packet-notation.ts'
import { parseIpsetSave } from './parse-ipset-save.ts'

/** ipset 7.17, `ipset save`, Linux 6.1. */
const saved = `create a hash:ip family inet hashsize 1024 maxelem 65536 bucketsize 12 initval 0x02bacc02
add a 10.0.0.1
create b hash:net family inet6 hashsize 1024 maxelem 65536 bucketsize 12 initval 0xc32b78ee
add b fd00::/8
create c hash:ip,port family inet hashsize 1024 maxelem 65536 timeout 300 bucketsize 12 initval 0x6fd33e74
add c 10.0.0.1,tcp:80 timeout 299
create d bitmap:port range 0-1000
add d 80
create f hash:net,port family inet hashsize 1024 maxelem 65536 comment bucketsize 12 initval 0x7c6083de
add f 10.0.0.0/8,udp:53 comment "x y"
create g hash:net family inet hashsize 1024 maxelem 65536 bucketsize 12 initval 0xf32c54a8
add g 10.0.0.0/8
add g 10.1.0.0/16 nomatch
add g 192.168.61.11
create e list:set size 8
add e a
create h hash:ip family inet hashsize 1024 maxelem 65536 netmask 24
add h 10.0.0.0
create i hash:ip,port family inet hashsize 1024 maxelem 65536
add i 10.0.0.1,icmp:echo-request
`

describe('what ipset save prints', () => {
  const { sets, problems } = parseIpsetSave(saved)

  test('is read without a problem', () => {
    expect(problems).toEqual([])
  })

  test.each([
    { set: 'a', directions: ['src'], packet: 'tcp 10.0.0.1:1 > 10.9.9.9:80', isIn: true },
    { set: 'a', directions: ['dst'], packet: 'tcp 10.0.0.1:1 > 10.9.9.9:80', isIn: false },
    { set: 'b', directions: ['dst'], packet: 'tcp [fd00::1]:1 > [fd12::1]:80', isIn: true },
    { set: 'c', directions: ['src', 'dst'], packet: 'tcp 10.0.0.1:1 > 10.9.9.9:80', isIn: true },
    { set: 'c', directions: ['src', 'dst'], packet: 'udp 10.0.0.1:1 > 10.9.9.9:80', isIn: false },
    { set: 'd', directions: ['dst'], packet: 'tcp 10.0.0.1:1 > 10.9.9.9:80', isIn: true },
    { set: 'f', directions: ['src', 'dst'], packet: 'udp 10.0.0.1:1 > 10.9.9.9:53', isIn: true },
    { set: 'g', directions: ['src'], packet: 'tcp 10.0.0.1:1 > 10.9.9.9:80', isIn: true },
    { set: 'g', directions: ['src'], packet: 'tcp 10.1.0.1:1 > 10.9.9.9:80', isIn: false },
    { set: 'g', directions: ['src'], packet: 'tcp 192.168.61.11:1 > 10.9.9.9:80', isIn: true },
  ] as const)('$set asked by $directions for $packet: $isIn', ({ set, directions, packet, isIn }) => {
    expect(lookUpSet(sets, set, directions, packetOf(packet))?.isIn).toBe(isIn)
  })

  test('leaves out what is not evaluated: a list of sets, a netmask, a protocol without ports', () => {
    expect(Object.keys(sets)).toEqual(['a', 'b', 'c', 'd', 'f', 'g'])
  })
})

describe('a line that ipset restore would not take', () => {
  test.each([
    { line: 'hello', detail: 'unknown command "hello"' },
    { line: 'add nowhere 10.0.0.1', detail: 'set "nowhere" was not created' },
    { line: 'create a hash:ip family inet', detail: 'set "a" is there already' },
    { line: 'add a nonsense', detail: '"nonsense" is no entry of hash:ip' },
  ])('$line: $detail', ({ line, detail }) => {
    expect(parseIpsetSave(`create a hash:ip family inet\n${line}\n`).problems).toEqual([
      { line: 2, text: line, detail },
    ])
  })
})
