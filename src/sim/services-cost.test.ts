import { describe, expect, test } from 'vitest'
import { CLUSTER_CONFIGURATION, KUBE_PROXY_CONFIGURATION } from './cluster/read-cluster-config.ts'
import type { ClusterSize } from './services-cost.ts'
import { chapterLab, request } from './trace/chapter-lab.fixture.ts'

const lab = chapterLab()
const cost = (services: number, mode: ClusterSize['mode'], url = 'http://nginx/') =>
  lab.servicesCost(request('pod/default/pod', url), { services, mode })

/** Rules tried by the two nodes: the client's and the Pod's. */
function counts(services: number, mode: ClusterSize['mode']) {
  const found = cost(services, mode)
  if (found.kind !== 'sent' || found.later === undefined) throw new Error(found.kind)
  const [[atClient = 0, atPod = 0], later] = [
    Object.values(found.first.byHost),
    Object.values(found.later.byHost),
  ]
  return { atClient, atPod, later }
}

describe('with 200 Services more', () => {
  const [few, many] = [counts(100, 'iptables'), counts(300, 'iptables')]

  test('a first packet tries the rules of those in front of its own', () => {
    expect(many.atClient - few.atClient).toBe(100)
  })
  test('and those of all on the node of its Pod, where none is for it', () => {
    expect(many.atPod - few.atPod).toBe(200)
  })
  test('a later packet tries no rule more', () => {
    expect(many.later).toEqual(few.later)
  })
  test('a first packet tries none more where maps or virtual servers hold the Services', () => {
    expect(counts(300, 'nftables')).toEqual(counts(100, 'nftables'))
    expect(counts(300, 'ipvs')).toEqual(counts(100, 'ipvs'))
  })
})

describe('what Services cost', () => {
  test('is the cost of the question where the name is not found', () => {
    expect(cost(10, 'iptables', 'http://nowhere/')).toMatchObject({ kind: 'sent' })
  })
  test('has no later packet where one datagram is all', () => {
    const found = cost(10, 'iptables', 'udp://10.96.0.10:53')
    expect(found.kind).toBe('sent')
    expect(found).not.toHaveProperty('later')
  })
  test('is known in every mode though no KubeProxyConfiguration stands in the cluster', () => {
    const without = chapterLab()
    without.remove(KUBE_PROXY_CONFIGURATION)
    const asked = request('pod/default/pod', 'http://nginx/')
    const inMode = (mode: ClusterSize['mode']) => without.servicesCost(asked, { services: 50, mode })
    expect(inMode('iptables')).toEqual(cost(50, 'iptables'))
    expect(inMode('nftables')).toMatchObject({ kind: 'sent' })
  })
  test('is nothing where nothing can be sent', () => {
    expect(cost(10, 'iptables', 'ftp://nginx/')).toEqual({ kind: 'nothing-sent' })
  })
  test('is not known where the cluster has no addresses for so many', () => {
    const small = chapterLab()
    small.patch(CLUSTER_CONFIGURATION, { networking: { serviceSubnet: '10.96.0.0/26' } })
    const size = { services: 300, mode: 'iptables' } as const
    expect(small.servicesCost(request('pod/default/pod', 'http://nginx/'), size)).toMatchObject({
      kind: 'refused',
    })
  })
})
