/** A node's connection table as a KubeProxyConfiguration sizes it, full and not. */
import { describe, expect, test } from 'vitest'
import { conntrackSettings } from '../kube-proxy/conntrack-settings.ts'
import type { Lab } from '../lab.ts'
import { request } from './chapter-lab.fixture.ts'
import { applyText, fivePods, kernelLab, outcome } from './kernel-lab.fixture.ts'

function labWith(conntrack: string): Lab {
  const lab = kernelLab(...fivePods)
  const config = 'apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\n'
  applyText(lab, 'proxy.yaml', `${config}clusterCIDR: 172.31.0.0/16\nconntrack: ${conntrack}\n`)
  return lab
}

const ask = (lab: Lab, url = 'http://172.31.1.11:80/') => lab.send(request('pod/default/near', url))

describe('a table with two places', () => {
  const lab = labWith('{ maxPerCore: 2, min: 0 }')
  const traces = [ask(lab), ask(lab), ask(lab)]

  test('has none left for a third connection while the first two are remembered', () => {
    expect(traces.map(outcome)).toEqual([
      'web-1 saw 172.31.1.2, port kept',
      'web-1 saw 172.31.1.2, port kept',
      'timed-out: drop in conntrack of host01',
    ])
  })

  test('says so at the hop that drops, in the kernel’s words', () => {
    const drop = traces[2]?.hops.find((hop) => hop.kind === 'drop')
    expect(drop?.title.id).toBe('hop.conntrack-full.title')
  })

  test('has room again when they are forgotten', () => {
    lab.advance(121_000)
    expect(outcome(ask(lab))).toBe('web-1 saw 172.31.1.2, port kept')
  })
})

test('a connection that is not assured gives up its place', () => {
  const lab = labWith('{ maxPerCore: 1, min: 0 }')
  // A SYN to nobody stays in the table for two minutes, and nobody has answered it.
  lab.send(request('pod/default/near', 'http://172.31.2.15:81/'))
  expect(outcome(ask(lab))).toBe('web-1 saw 172.31.1.2, port kept')
})

test('tcpBeLiberal leaves out the rule that drops INVALID packets', () => {
  const dropsInvalid = (conntrack: string) =>
    labWith(conntrack).iptablesSave('host01').includes('-A KUBE-FORWARD -m conntrack --ctstate INVALID')
  expect([dropsInvalid('{}'), dropsInvalid('{ tcpBeLiberal: true }')]).toEqual([true, false])
})

test.each([
  {
    conntrack: '{}',
    settings: { max: 131_072, tcpEstablishedSeconds: 86_400, tcpCloseWaitSeconds: 3600, udpSeconds: 30 },
  },
  {
    conntrack: '{ maxPerCore: 200000, min: 100, tcpEstablishedTimeout: 1h30m0s, udpTimeout: 10s }',
    settings: { max: 200_000, tcpEstablishedSeconds: 5400, tcpCloseWaitSeconds: 3600, udpSeconds: 10 },
  },
  {
    conntrack: '{ maxPerCore: 0, tcpEstablishedTimeout: 0s, tcpCloseWaitTimeout: 0s }',
    settings: { max: undefined, tcpEstablishedSeconds: 432_000, tcpCloseWaitSeconds: 60, udpSeconds: 30 },
  },
])('conntrack $conntrack sets what kube-proxy would', ({ conntrack, settings }) => {
  const { max, tcpEstablishedSeconds, tcpCloseWaitSeconds, udpSeconds } = conntrackSettings(
    labWith(conntrack).cluster,
    'host01',
  )
  expect({ max, tcpEstablishedSeconds, tcpCloseWaitSeconds, udpSeconds }).toEqual(settings)
})
