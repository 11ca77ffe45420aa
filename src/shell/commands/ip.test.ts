/** What iproute2 prints of a machine, in the forms of Debian 12's 6.1. */
import { describe, expect, test } from 'vitest'
import { chapterLab } from '../../sim/trace/chapter-lab.fixture.ts'
import { dualStackLab } from '../../sim/trace/dual-stack-lab.fixture.ts'
import { twoSubnetsLab } from '../../sim/trace/two-subnets-lab.fixture.ts'
import { openTerminal } from '../terminal.fixture.ts'

const here = openTerminal('host01', twoSubnetsLab())
const dual = openTerminal('host01', dualStackLab('iptables'))

describe('ip addr', () => {
  test('prints loopback and the tunnel as the kernel has them', () => {
    expect(here('ip addr show lo').stdout)
      .toBe(`1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
       valid_lft forever preferred_lft forever
    inet6 ::1/128 scope host \n       valid_lft forever preferred_lft forever
`)
    expect(here('ip a s dev vxlan.calico').stdout).toMatch(
      /^\d+: vxlan\.calico: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 qdisc noqueue state UNKNOWN group default qlen 1000\n {4}link\/ether 66:[\da-f:]{14} brd ff:ff:ff:ff:ff:ff\n {4}inet 172\.31\.\d+\.\d+\/32 scope global vxlan\.calico\n/,
    )
  })

  test('leaves out what nobody knows of the LAN’s interface, and says so', () => {
    const { stdout, stderr } = dual('ip addr show eth0')
    expect(stdout).toBe(`2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> state UP group default qlen 1000
    inet 192.168.61.11/24 brd 192.168.61.255 scope global eth0
       valid_lft forever preferred_lft forever
    inet6 fd00:61::11/64 scope global \n       valid_lft forever preferred_lft forever
`)
    expect(stderr).toBe(
      'podpath: MAC addresses, MTUs and queues of LAN and veth, and link-local addresses are not held in this network, and left out\n',
    )
  })

  test('shows one family alone', () => {
    expect(dual('ip -6 addr').stdout.match(/inet6? /g)).toEqual(['inet6 ', 'inet6 '])
    expect(dual('ip -4 addr').stdout.match(/inet6? /g)).toEqual(['inet ', 'inet '])
  })

  test('has what kube-proxy’s dummy device holds in IPVS mode', () => {
    const ipvs = openTerminal('host01', dualStackLab('ipvs'))
    expect(ipvs('ip addr show kube-ipvs0').stdout).toMatch(
      /^\d+: kube-ipvs0: <BROADCAST,NOARP> state DOWN group default \n[\s\S]*inet 10\.96\.0\.80\/32 scope global kube-ipvs0\n/,
    )
  })

  test('names Pods’ veths, and nothing of them in ip link', () => {
    const pods = dual('ip link').stdout.match(/cali[\da-f]{11}/g)
    expect(pods).toHaveLength(2)
    expect(dual('ip link').stdout).not.toContain('inet')
  })
})

describe('ip route', () => {
  test('prints IPv4’s routes in the order of their addresses, each with the kernel’s blank', () => {
    expect(dual('ip route').stdout.replaceAll(/cali[\da-f]+/g, 'CALI')).toBe(
      [
        'default via 192.168.61.1 dev eth0 ',
        'blackhole 172.31.1.0/24 proto bird ',
        '172.31.1.2 dev CALI scope link ',
        '172.31.1.11 dev CALI scope link ',
        '172.31.2.0/24 via 192.168.61.12 dev eth0 proto bird ',
        '192.168.61.0/24 dev eth0 proto kernel scope link src 192.168.61.11 ',
        '',
      ].join('\n'),
    )
  })

  test('prints IPv6’s with metrics, the default last', () => {
    expect(dual('ip -6 route').stdout.replaceAll(/cali[\da-f]+/g, 'CALI')).toBe(
      [
        'fd00:10:244:1::2 dev CALI metric 1024 pref medium',
        'fd00:10:244:1::11 dev CALI metric 1024 pref medium',
        'blackhole fd00:10:244:1::/64 dev lo proto bird metric 1024 pref medium',
        'fd00:10:244:2::/64 via fd00:61::12 dev eth0 proto bird metric 1024 pref medium',
        'fd00:61::/64 dev eth0 proto kernel metric 256 pref medium',
        'default via fd00:61::1 dev eth0 metric 1024 pref medium',
        '',
      ].join('\n'),
    )
  })

  test.each([
    {
      line: 'ip route get 172.31.2.12',
      stdout: '172.31.2.12 via 192.168.61.12 dev eth0 src 192.168.61.11 uid 0 \n    cache \n',
    },
    {
      line: 'ip r g 192.168.61.11',
      stdout: 'local 192.168.61.11 dev lo src 192.168.61.11 uid 0 \n    cache <local> \n',
    },
    { line: 'ip route show dev nope', stderr: 'Device "nope" does not exist.\n', exitCode: 1 },
    { line: 'ip route get 172.31.1.99', stderr: 'RTNETLINK answers: Invalid argument\n', exitCode: 2 },
    {
      line: 'ip route get nobody',
      stderr: 'Error: any valid prefix is expected rather than "nobody".\n',
      exitCode: 1,
    },
    { line: 'ip foo', stderr: 'Object "foo" is unknown, try "ip help".\n', exitCode: 1 },
    {
      line: 'ip route add default via 192.168.61.1',
      stderr: 'podpath: ip route add default via 192.168.61.1 is not simulated\n',
      exitCode: 255,
    },
    { line: 'ip -br addr', stderr: 'podpath: ip -br addr is not simulated\n', exitCode: 255 },
  ])('$line', ({ line, stdout = '', stderr = '', exitCode = 0 }) => {
    expect(dual(line)).toMatchObject({ stdout, stderr, exitCode })
  })

  test('inside a Pod with iproute2 is the Pod’s', () => {
    const lab = chapterLab()
    const pod = openTerminal('pod/default/pod', lab)
    pod('apk add iproute2')
    expect(pod('ip route').stdout).toBe(
      'default via 169.254.1.1 dev eth0 \n169.254.1.1 dev eth0 scope link \n',
    )
  })
})

describe('the tunnel’s peers', () => {
  const mac = '66:[\\da-f:]{14}'
  test('are neighbours and forwarding entries', () => {
    expect(here('ip neigh show dev vxlan.calico').stdout).toMatch(
      new RegExp(`^(\\S+ lladdr ${mac} PERMANENT \n)+$`),
    )
    expect(here('ip neigh').stdout).toMatch(
      new RegExp(`^(\\S+ dev vxlan.calico lladdr ${mac} PERMANENT \n)+$`),
    )
    expect(here('bridge fdb show dev vxlan.calico')).toMatchObject({
      stdout: expect.stringMatching(new RegExp(`^(${mac} dst 192\\.168\\.6\\d\\.1\\d self permanent\n)+$`)),
      stderr: '',
    })
    expect(here('bridge fdb').stdout).toContain(' dev vxlan.calico dst ')
  })

  test.each([
    { line: 'bridge fdb show dev nope', stderr: 'Cannot find device "nope"\n' },
    { line: 'bridge vlan', stderr: 'podpath: bridge vlan is not simulated\n' },
  ])('$line', ({ line, stderr }) => {
    expect(here(line)).toMatchObject({ stdout: '', stderr, exitCode: 255 })
  })
})

test('ipset save prints what ipset restore takes, and a paste takes too', () => {
  const lab = dualStackLab('ipvs')
  const { stdout } = openTerminal('host01', lab)('ipset save')
  expect(stdout).toMatch(/^create KUBE-CLUSTER-IP hash:ip,port family inet hashsize 1024 maxelem 65536$/m)
  expect(stdout).toMatch(/^create KUBE-6-CLUSTER-IP hash:ip,port family inet6 hashsize 1024 maxelem 65536$/m)
  expect(stdout).toMatch(/^add KUBE-CLUSTER-IP 10\.96\.0\.80,tcp:80$/m)
  expect(lab.pasteRules('host01.ipset-save', stdout).diagnostics).toEqual([])
})
