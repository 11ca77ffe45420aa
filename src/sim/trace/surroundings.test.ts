import { describe, expect, test } from 'vitest'
import { cidrContains, ip } from '../network/address.ts'
import { chapterLab } from './chapter-lab.fixture.ts'
import { lanOf, surroundingsOf } from './surroundings.ts'

const { cluster } = chapterLab()

/** The cluster with the address of its first node, or of its VIP, changed. */
function withAddress(change: { readonly node?: string; readonly vip?: string }) {
  const [first, ...others] = cluster.nodes
  const node =
    first !== undefined && change.node !== undefined ? { ...first, addresses: [ip(change.node)] } : first
  return {
    ...cluster,
    nodes: node === undefined ? [] : [node, ...others],
    vips: cluster.vips.map((vip) => ({ ...vip, address: ip(change.vip ?? vip.address) })),
  }
}

describe('around a cluster', () => {
  test('stand a router at .1 and a laptop at .100 of its LAN', () => {
    expect(surroundingsOf(cluster)).toEqual({
      lans: [{ cidr: '192.168.61.0/24', router: '192.168.61.1' }],
      laptop: '192.168.61.100',
      router: 'silent',
    })
  })
  test.each([{ node: '192.168.61.100' }, { vip: '192.168.61.100' }])(
    'the laptop makes way for %j',
    (change) => {
      expect(surroundingsOf(withAddress(change)).laptop).toBe('192.168.61.101')
    },
  )
  test('every LAN has its router', () => {
    const { lans } = surroundingsOf(withAddress({ node: '10.1.2.3' }))
    expect(lans.map((lan) => `${lan.cidr} ${lan.router}`)).toEqual([
      '10.1.2.0/24 10.1.2.1',
      '192.168.61.0/24 192.168.61.1',
    ])
  })
  test.each([
    { annotation: '192.168.61.11/20', lan: '192.168.48.0/20' },
    { annotation: '192.168.61.11/27', lan: '192.168.61.0/27' },
    { annotation: '192.168.61.11/32', lan: '192.168.61.0/24' },
    { annotation: '10.0.0.1/24', lan: '192.168.61.0/24' },
    { annotation: 'none', lan: '192.168.61.0/24' },
  ])('a node that Calico found at $annotation is on $lan', ({ annotation, lan }) => {
    const [node] = cluster.nodes
    if (node === undefined) throw new Error('the chapter has nodes')
    const annotations = { 'projectcalico.org/IPv4Address': annotation }
    const around = surroundingsOf({ ...cluster, nodes: [{ ...node, annotations }] })
    expect(around.lans.map((each) => each.cidr)).toEqual([lan])
    expect(cidrContains(around.lans[0].cidr, around.laptop)).toBe(true)
  })
  test('there is a LAN even without a node', () => {
    expect(surroundingsOf({ ...cluster, nodes: [] }).laptop).toBe('192.168.61.100')
  })
})

test('an IPv6 address is on a /64', () => {
  expect(lanOf(ip('fd00:1:2:3::4'))).toBe('fd00:1:2:3::/64')
})
