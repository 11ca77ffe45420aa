import { describe, expect, test } from 'vitest'
import { ip } from '../sim/network/address.ts'
import type { DatagramPacket, IcmpPacket, TcpPacket } from '../sim/network/packet.ts'
import { headerLines } from './header-lines.ts'

const syn: TcpPacket = {
  protocol: 'tcp',
  src: ip('172.31.239.199'),
  dst: ip('10.100.221.220'),
  srcPort: 41822,
  dstPort: 80,
  flags: ['SYN'],
  ttl: 64,
  mark: 0,
}

describe('the header of a SYN', () => {
  test('that a DNAT rewrites shows the old and the new destination, and nothing else twice', () => {
    expect(headerLines(syn, { ...syn, dst: ip('172.31.89.240') })).toEqual([
      { field: 'src', before: '172.31.239.199:41822' },
      { field: 'dst', before: '10.100.221.220:80', after: '172.31.89.240:80' },
      { field: 'proto', before: 'TCP · SYN' },
      { field: 'mark', before: '0x0' },
    ])
  })

  test('that is marked for masquerade shows the mark in hexadecimal', () => {
    expect(headerLines(syn, { ...syn, mark: 0x4000 })).toContainEqual({
      field: 'mark',
      before: '0x0',
      after: '0x4000',
    })
  })

  test('shows the TTL where a router lowered it', () => {
    expect(headerLines(syn, { ...syn, ttl: 63 })).toContainEqual({ field: 'ttl', before: '64', after: '63' })
  })
})

describe('the header of other packets', () => {
  test('writes IPv6 with brackets round the address', () => {
    const query: DatagramPacket = {
      protocol: 'udp',
      src: ip('fd00::1'),
      dst: ip('fd00::a'),
      srcPort: 47310,
      dstPort: 53,
      ttl: 64,
      mark: 0,
      payload: { protocol: 'DNS', summary: 'A? nginx.', bytes: 44 },
    }
    expect(headerLines(query, query)).toEqual([
      { field: 'src', before: '[fd00::1]:47310' },
      { field: 'dst', before: '[fd00::a]:53' },
      { field: 'proto', before: 'UDP' },
      { field: 'mark', before: '0x0' },
      { field: 'data', before: 'DNS · A? nginx. · 44\u00A0B' },
    ])
  })

  test.each([
    { type: 8, code: 0, proto: 'ICMP 8/0 · echo request' },
    { type: 3, code: 3, proto: 'ICMP 3/3 · port unreachable' },
    { type: 42, code: 0, proto: 'ICMP 42/0' },
  ])('names ICMP $type/$code "$proto", without ports', ({ type, code, proto }) => {
    const packet: IcmpPacket = {
      protocol: 'icmp',
      src: syn.src,
      dst: syn.dst,
      type,
      code,
      id: 7,
      ttl: 64,
      mark: 0,
    }
    const lines = headerLines(packet, packet)
    expect(lines.map((line) => line.before)).toEqual(['172.31.239.199', '10.100.221.220', proto, '0x0'])
  })

  test('leaves out a port and a size that are not there yet', () => {
    const planned: DatagramPacket = {
      protocol: 'udp',
      src: syn.src,
      dst: syn.dst,
      srcPort: 0,
      dstPort: 53,
      ttl: 64,
      mark: 0,
      payload: { protocol: 'DNS', summary: 'nginx', bytes: 0 },
    }
    const lines = headerLines(planned, planned)
    expect(lines[0]?.before).toBe('172.31.239.199')
    expect(lines.at(-1)?.before).toBe('DNS · nginx')
  })
})
