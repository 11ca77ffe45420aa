import { describe, expect, test } from 'vitest'
import { printRoute } from '../network/route.ts'
import { chapterLab } from './chapter-lab.fixture.ts'
import { networkOf } from './cluster-network.ts'
import { fivePods, kernelLab, podYaml } from './kernel-lab.fixture.ts'

describe('a node of a cluster with podCIDRs', () => {
  const { hosts, links } = networkOf(kernelLab(...fivePods.slice(0, 1)).cluster)
  const host01 = hosts['host01']

  test('has a /32 for each Pod, a blackhole for its own range and the others’ by their nodes', () => {
    expect(host01?.routes.map(printRoute)).toEqual([
      'default via 192.168.61.1 dev eth0',
      'blackhole 172.31.1.0/24 proto bird',
      '172.31.2.0/24 via 192.168.61.12 dev eth0 proto bird',
      expect.stringMatching(/^172\.31\.1\.11 dev cali[0-9a-f]{11} scope link$/),
      '192.168.61.0/24 dev eth0 proto kernel scope link src 192.168.61.11',
    ])
  })
  test('has no address on its end of a veth', () => {
    expect(host01?.interfaces.find((each) => each.name.startsWith('cali'))?.addresses).toEqual([])
  })
  test('is on a LAN with the other, the router and the laptop', () => {
    expect(links['lan 192.168.61.0/24']?.ends.map((end) => end.host)).toEqual([
      'host01',
      'host02',
      'router',
      'laptop',
    ])
  })
})

describe('a Pod', () => {
  test('has one way out, and no rules of its own', () => {
    const pod = networkOf(kernelLab(...fivePods).cluster).hosts['default/web-1']
    expect(pod?.routes.map(printRoute)).toEqual([
      'default via 169.254.1.1 dev eth0',
      '169.254.1.1 dev eth0 scope link',
    ])
    expect(pod).toMatchObject({ hasNetfilter: false, forwards: false })
  })
  test('on its node’s network has no host and no route', () => {
    const text = podYaml('host-web', 'host01', '192.168.61.11', 'web').replace(
      'nodeName: host01,',
      'nodeName: host01, hostNetwork: true,',
    )
    const { hosts } = networkOf(kernelLab(text).cluster)
    expect(hosts['default/host-web']).toBeUndefined()
    expect(hosts['host01']?.routes.map(printRoute).join()).not.toContain('192.168.61.11 dev cali')
    expect(hosts['host01']?.sockets).toContainEqual({
      protocol: 'tcp',
      port: 80,
      owner: 'Pod/default/host-web',
    })
  })
})

describe('the network', () => {
  test('is the same object for the same cluster', () => {
    const { cluster } = chapterLab()
    expect(networkOf(cluster)).toBe(networkOf(cluster))
  })
  test('has the floating address on the one node that holds it', () => {
    const { cluster } = chapterLab()
    const holders = Object.values(networkOf(cluster).hosts).filter((host) =>
      host.interfaces.some((each) => each.addresses.some((address) => address === '192.168.61.10')),
    )
    expect(holders.map((host) => host.name)).toEqual(cluster.vips.map((vip) => vip.node))
  })
  test('names a veth as Calico does', () => {
    // printf default.web-1 | sha1sum
    const { links } = networkOf(kernelLab(...fivePods).cluster)
    expect(links['veth default/web-1']?.ends[1]?.interfaceName).toBe('cali0761ccbeace')
  })
})
