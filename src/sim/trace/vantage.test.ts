import { describe, expect, test } from 'vitest'
import { printHosts } from '../dns/hosts-file.ts'
import { printResolvConf } from '../dns/resolv-conf.ts'
import { chapterLab, request } from './chapter-lab.fixture.ts'
import { findVantage, flavourOf, hostsOf, nodeResolvConf, resolvConfOfPod, type Place } from './vantage.ts'

const { cluster } = chapterLab()

function placeAt(vantage: string): Place {
  const place = findVantage(cluster, vantage)
  if (place === undefined) throw new Error(`nobody at ${vantage}`)
  return place
}

describe('a vantage', () => {
  test.each([
    { vantage: 'laptop', kind: 'laptop', host: 'laptop' },
    { vantage: 'host02', kind: 'node', host: 'host02' },
    { vantage: 'pod/default/pod', kind: 'pod', host: 'default/pod' },
  ])('$vantage is a $kind on the host $host', ({ vantage, kind, host }) => {
    expect(placeAt(vantage)).toMatchObject({ kind, party: { host, subject: { kind: 'client', vantage } } })
  })
  test.each(['', 'host09', 'pod/default', 'pod/default/nobody', 'pod//pod'])('%j is nobody', (vantage) => {
    expect(findVantage(cluster, vantage)).toBeUndefined()
  })
  test('of a Pod on its node’s network is that node', () => {
    const pod = cluster.pods.find((each) => each.hostNetwork)
    expect(placeAt(`pod/${pod?.ref.namespace}/${pod?.ref.name}`).party.host).toBe(pod?.nodeName)
  })
})

describe('the names of a vantage', () => {
  test('are asked of the cluster’s DNS in a Pod', () => {
    const place = placeAt('pod/default/pod')
    const text = place.kind === 'pod' ? printResolvConf(resolvConfOfPod(cluster, place.pod)) : ''
    expect(text).toContain('nameserver 10.96.0.10')
    expect(text).toContain('search default.svc.cluster.local svc.cluster.local cluster.local')
  })
  test('are asked of the LAN’s router on a node', () => {
    expect(printResolvConf(nodeResolvConf(cluster))).toContain('nameserver 192.168.61.1')
  })
  test('of nodes are in a node’s own file, its own as 127.0.2.1', () => {
    expect(printHosts(hostsOf(cluster, placeAt('host02')))).toBe(
      '127.0.0.1\tlocalhost\n192.168.61.11\thost01\n127.0.2.1\thost02\n192.168.61.13\thost03\n',
    )
  })
})

test.each([
  { vantage: 'host01', program: 'curl', flavour: 'glibc' },
  { vantage: 'pod/default/pod', program: 'busybox-wget', flavour: 'musl' },
  { vantage: 'host01', program: 'dig', flavour: 'dig' },
  { vantage: 'host01', program: 'dig', search: true, flavour: 'dig-search' },
  { vantage: 'host01', program: 'nslookup', flavour: 'nslookup' },
  { vantage: 'pod/default/pod', program: 'busybox-nslookup', flavour: 'busybox-nslookup' },
  { vantage: 'host01', program: 'host', flavour: 'host' },
  { vantage: 'host01', program: 'getent', flavour: 'glibc' },
  { vantage: 'pod/default/pod', program: 'getent', flavour: 'musl' },
] as const)('$program at $vantage resolves as $flavour', ({ vantage, program, flavour, ...more }) => {
  expect(flavourOf(placeAt(vantage), request(vantage, '', { program, ...more }))).toBe(flavour)
})
