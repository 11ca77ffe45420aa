import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DnsConfig, Pod } from '../cluster/objects.ts'
import { ip } from '../network/address.ts'
import { parseResolvConf, podResolvConf, printResolvConf } from './resolv-conf.ts'

const node = parseResolvConf('nameserver 192.168.61.1\nsearch lan.example\noptions timeout:2\n', 'kubelet')
const cluster = { clusterDns: [ip('10.96.0.10')], dnsDomain: 'cluster.local', nodeResolvConf: node }

describe("a Pod's resolv.conf", () => {
  test.each([
    {
      pod: 'an ordinary Pod',
      over: {},
      text: 'search default.svc.cluster.local svc.cluster.local cluster.local lan.example\nnameserver 10.96.0.10\noptions ndots:5\n',
    },
    {
      pod: 'a ClusterFirst Pod on the host network',
      over: { hostNetwork: true },
      text: 'search lan.example\nnameserver 192.168.61.1\noptions timeout:2\n',
    },
    {
      pod: 'a Pod with dnsPolicy None',
      over: { dnsPolicy: 'None' as const, dnsConfig: config({ nameservers: ['1.1.1.1'] }) },
      text: 'nameserver 1.1.1.1\n',
    },
    {
      pod: 'a Pod that wants another ndots',
      over: {
        dnsConfig: config({ searches: ['lan.example', 'mine'], options: [{ name: 'ndots', value: '2' }] }),
      },
      text: 'search default.svc.cluster.local svc.cluster.local cluster.local lan.example mine\nnameserver 10.96.0.10\noptions ndots:2\n',
    },
  ])('of $pod is what kubelet gives it', ({ over, text }) => {
    expect(printResolvConf(podResolvConf(pod(over), cluster))).toBe(text)
  })

  test('names the fields that made it so', () => {
    const conf = podResolvConf(pod({ hostNetwork: true, dnsConfig: config({}) }), cluster)
    expect(conf.because[0]?.paths).toEqual([
      ['spec', 'dnsPolicy'],
      ['spec', 'hostNetwork'],
      ['spec', 'dnsConfig'],
    ])
  })

  test("falls back to the node's file, with an event, where kubelet has no cluster DNS", () => {
    const conf = podResolvConf(pod({}), { ...cluster, clusterDns: [] })
    expect(conf.nameservers).toEqual(['192.168.61.1'])
    expect(conf.events.map((event) => event.reason)).toEqual(['MissingClusterDNS'])
  })
})

describe('a resolv.conf text', () => {
  test.each([
    { flavour: 'glibc' as const, ndots: 15, attempts: 5, timeoutSeconds: 30 },
    { flavour: 'musl' as const, ndots: 15, attempts: 10, timeoutSeconds: 60 },
    { flavour: 'busybox-nslookup' as const, ndots: 1, attempts: 3, timeoutSeconds: 5 },
  ])('with large numbers is cut to the limits of $flavour', ({ flavour, ...limits }) => {
    const text = 'nameserver 10.96.0.10\noptions ndots:99 attempts:99 timeout:99\n'
    expect(parseResolvConf(text, flavour)).toMatchObject(limits)
  })

  test('with a line of 255 characters has no search list for musl, and one for glibc', () => {
    const text = `search ${'a'.repeat(248)}\nnameserver 10.96.0.10\n`
    expect(parseResolvConf(text, 'musl').searches).toEqual([])
    expect(parseResolvConf(text, 'glibc').searches).toHaveLength(1)
  })

  test('that is empty means the loopback address', () => {
    expect(parseResolvConf('', 'glibc').nameservers).toEqual(['127.0.0.1'])
  })

  test('reads the same after it was printed', () => {
    const line = fc.constantFrom(
      'search a.example b.',
      'domain c.example',
      'nameserver 10.96.0.10',
      'nameserver ::1',
      'nameserver x',
      'options ndots:5 single-request',
      'options edns0',
      '# no',
      '; no',
      '',
    )
    const flavour = fc.constantFrom('glibc' as const, 'musl' as const, 'dig' as const)
    fc.assert(
      fc.property(fc.array(line), flavour, (lines, each) => {
        const conf = parseResolvConf(lines.join('\n'), each)
        expect(parseResolvConf(printResolvConf(conf), each)).toEqual(conf)
      }),
      { seed: 53 },
    )
  })
})

function config(over: Partial<DnsConfig>): DnsConfig {
  return { nameservers: [], searches: [], options: [], ...over }
}

function pod(over: Partial<Pod>): Pod {
  return {
    ref: { kind: 'Pod', namespace: 'default', name: 'pod' },
    labels: {},
    annotations: {},
    createdAtMs: 0,
    ips: [],
    hostNetwork: false,
    containers: [],
    dnsPolicy: 'ClusterFirst',
    hostAliases: [],
    phase: 'Running',
    ready: true,
    terminating: false,
    restarts: 0,
    listens: [],
    secretVolumes: [],
    ...over,
  }
}
