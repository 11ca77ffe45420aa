import { describe, expect, test } from 'vitest'
import { cluster as clusterText } from '../../scenarios/chapter-9/cluster.ts'
import { parseFile } from '../manifest/parse-file.ts'
import { chapterLab, hopOf, request } from './chapter-lab.fixture.ts'

/** The chapter's cluster, whose controller has the node ports 80 and 443, with other lines for kube-proxy. */
function labWith(kubeProxy: string) {
  const lab = chapterLab()
  const text = clusterText.replace('mode: iptables', kubeProxy)
  lab.apply(parseFile('cluster.yaml', text), text, { prune: true })
  return lab
}

const asked = (kubeProxy: string, from: string, url: string) => labWith(kubeProxy).send(request(from, url))
const told = (kubeProxy: string, from: string, url: string) => {
  const evidence = hopOf(asked(kubeProxy, from, url), 'refuse').evidence[0]
  return Object.fromEntries((evidence?.candidates ?? []).map(({ name, reason }) => [name, reason.id]))
}

const onlyHost01 = 'mode: iptables\nnodePortAddresses: ["192.168.61.11/32"]'
const [vip, host01, local] = ['192.168.61.10', '192.168.61.11', '127.0.0.1']

describe('a node port asked at an address on which it does not answer', () => {
  test('is told with the addresses on which it does, for the VIP in nftables mode', () => {
    expect(told('mode: nftables', 'laptop', `http://${vip}/`)).toEqual({
      [host01]: 'reason.node-port-answers',
      [vip]: 'reason.node-port-primary',
      // Of the overlay's device.
      '172.31.239.192': 'reason.node-port-primary',
      [local]: 'reason.node-port-loopback',
    })
  })

  test.each([
    { kubeProxy: 'mode: nftables', reason: 'loopback' },
    { kubeProxy: 'mode: ipvs', reason: 'loopback' },
    { kubeProxy: onlyHost01, reason: 'loopback' },
  ])('is told for localhost ($kubeProxy)', ({ kubeProxy, reason }) => {
    expect(told(kubeProxy, 'host01', `http://${local}/`)).toMatchObject({
      [local]: `reason.node-port-${reason}`,
      [host01]: 'reason.node-port-answers',
    })
  })

  test('is told with nodePortAddresses behind it', () => {
    const trace = asked(onlyHost01, 'laptop', 'http://192.168.61.12/')
    const hop = hopOf(trace, 'refuse')
    expect(hop.title.id).toBe('hop.reset-node-port.title')
    expect(hop.evidence[0]?.candidates[0]).toMatchObject({
      name: '192.168.61.12',
      reason: { id: 'reason.node-port-chosen' },
    })
    expect(hop.because.map(({ object }) => object.kind)).toContain('KubeProxyConfiguration')
  })

  test('answers on localhost in iptables mode as it comes', () => {
    expect(asked('mode: iptables', 'host01', `http://${local}/`).verdict.kind).toBe('answered')
  })

  test('is not spoken of at a port that is no node port', () => {
    const hop = hopOf(asked('mode: nftables', 'laptop', `http://${vip}:81/`), 'refuse')
    expect(hop.title.id).toBe('hop.reset.title')
  })
})
