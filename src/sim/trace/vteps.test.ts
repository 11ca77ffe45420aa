import { describe, expect, test } from 'vitest'
import { networkOf } from './cluster-network.ts'
import { ip } from '../network/address.ts'
import { printRoute } from '../network/route.ts'
import { subnetsLabIn, twoSubnetsLab } from './two-subnets-lab.fixture.ts'
import { subjectOfAddress } from './subjects.ts'
import { tunnelAddress, vtepOf } from './vteps.ts'
import type { Lab } from '../lab.ts'

const routesOf = (lab: Lab, host: string) =>
  (networkOf(lab.cluster).hosts[host]?.routes ?? [])
    .map(printRoute)
    .filter((line) => line.includes('172.31.') && !line.includes(' cali'))

const deviceOf = (lab: Lab, host: string) =>
  networkOf(lab.cluster).hosts[host]?.interfaces.find((each) => each.name === 'vxlan.calico')

describe('the routes of host01 to the blocks of Pods', () => {
  test.each([
    {
      mode: 'CrossSubnet',
      near: '172.31.25.192/26 via 192.168.61.12 dev eth0 proto 80 onlink',
      far: '172.31.89.192/26 via 172.31.89.192 dev vxlan.calico onlink',
      own: 'blackhole 172.31.239.192/26 proto 80',
    },
    {
      mode: 'Always',
      near: '172.31.25.192/26 via 172.31.25.192 dev vxlan.calico onlink',
      far: '172.31.89.192/26 via 172.31.89.192 dev vxlan.calico onlink',
      own: 'blackhole 172.31.239.192/26 proto 80',
    },
    {
      mode: 'Never',
      near: '172.31.25.192/26 via 192.168.61.12 dev eth0 proto bird',
      far: '172.31.89.192/26 via 192.168.61.1 dev eth0 proto bird',
      own: 'blackhole 172.31.239.192/26 proto bird',
    },
  ] as const)('with vxlanMode $mode: $near, $far', ({ mode, near, far, own }) => {
    expect(routesOf(subnetsLabIn(mode), 'host01')).toEqual([own, near, far])
  })
})

describe('the tunnel’s device of a node', () => {
  const lab = subnetsLabIn('CrossSubnet')

  test('knows both other nodes, has port 4789, network 4096 and 50 bytes less than the LAN', () => {
    expect(deviceOf(lab, 'host01')).toMatchObject({
      addresses: ['172.31.239.192'],
      vxlan: {
        port: 4789,
        vni: 4096,
        mtu: 1450,
        local: '192.168.61.11',
        peers: [
          { address: '172.31.25.192', remote: '192.168.61.12' },
          { address: '172.31.89.192', remote: '192.168.62.13' },
        ],
      },
    })
  })
  test('has a link-layer address made of the node’s name', () => {
    // printf host01 | sha1sum
    expect(deviceOf(lab, 'host01')?.vxlan?.mac).toBe('66:5a:18:78:e4:a8')
  })
  test('is there in no node where no pool has a tunnel', () => {
    expect(deviceOf(subnetsLabIn('Never'), 'host01')).toBeUndefined()
  })
  test('has the address and the link-layer address that annotations say', () => {
    const told = twoSubnetsLab((text) =>
      text.replace(
        'projectcalico.org/IPv4Address: 192.168.61.11/24',
        `projectcalico.org/IPv4Address: 192.168.61.11/24
    projectcalico.org/IPv4VXLANTunnelAddr: 172.31.239.250
    projectcalico.org/VXLANTunnelMACAddr: 66:00:00:00:00:01`,
      ),
    )
    expect(deviceOf(told, 'host01')).toMatchObject({
      addresses: ['172.31.239.250'],
      vxlan: { mac: '66:00:00:00:00:01' },
    })
  })
  test('leaves a Pod its address: the next free one of the block is taken', () => {
    const [node] = lab.cluster.nodes
    const pods = lab.cluster.pods.map((pod) =>
      pod.ref.name === 'client' ? { ...pod, ips: [ip('172.31.239.192')] } : pod,
    )
    // CoreDNS and a server have .193 and .194.
    expect(node && tunnelAddress({ ...lab.cluster, pods }, node)).toBe('172.31.239.195')
  })
  test('belongs to its node, whoever asks by its address', () => {
    const [node] = lab.cluster.nodes
    const vtep = node && vtepOf(lab.cluster, node)
    expect(vtep && subjectOfAddress(lab.cluster, vtep.address)).toEqual({ kind: 'node', node: 'host01' })
  })
})

describe('a pool with IPIP', () => {
  test('has routes whose way is not modelled', () => {
    const lab = twoSubnetsLab((text) => text.replace('vxlanMode: CrossSubnet', 'ipipMode: CrossSubnet'))
    const overlays = networkOf(lab.cluster).hosts['host01']?.routes.map((route) =>
      route.kind === 'unicast' ? route.overlay : undefined,
    )
    expect(overlays?.filter((each) => each !== undefined)).toEqual(['ipip'])
  })
})
