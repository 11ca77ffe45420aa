import { describe, expect, test } from 'vitest'
import { applyText, chapterCluster } from './chapter-cluster.fixture.ts'
import { inCrowd, withCrowd } from './crowd.ts'

const cluster = chapterCluster()
const crowdIn = (count: number) => withCrowd(cluster, count, cluster.nowMs).cluster
const namesIn = (grown: typeof cluster) =>
  grown.services.filter(({ ref }) => inCrowd(ref)).map(({ ref }) => `${ref.namespace}/${ref.name}`)

describe('a crowd of Services', () => {
  test('stands half before the others by name, half behind', () => {
    expect(namesIn(crowdIn(4))).toEqual([
      'a-crowd/service-1',
      'a-crowd/service-3',
      'z-crowd/service-2',
      'z-crowd/service-4',
    ])
  })
  test('has an address of its own and one endpoint a Service', () => {
    const grown = crowdIn(20)
    const own = grown.services.filter(({ ref }) => inCrowd(ref))
    expect(new Set(own.flatMap(({ clusterIps }) => clusterIps)).size).toBe(20)
    const slices = grown.endpointSlices.filter(({ ref }) => inCrowd(ref))
    expect(slices.map(({ endpoints }) => endpoints.length)).toEqual(Array.from({ length: 20 }, () => 1))
  })
  test('shrinks again, and with none left nothing of it stays', () => {
    const shrunk = withCrowd(crowdIn(6), 2, cluster.nowMs).cluster
    expect(namesIn(shrunk)).toEqual(['a-crowd/service-1', 'z-crowd/service-2'])
    const gone = withCrowd(shrunk, 0, cluster.nowMs).cluster
    expect(Object.keys(gone.objects)).toEqual(Object.keys(cluster.objects))
  })
  test('that the Service range cannot hold changes nothing, and says so', () => {
    const small = applyText(
      cluster,
      'apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nnetworking: {serviceSubnet: 10.96.0.0/28}\n',
    ).cluster
    const refused = withCrowd(small, 100, small.nowMs)
    expect(refused.cluster).toBe(small)
    expect(refused.diagnostics).toMatchObject([{ severity: 'error', code: 'field-invalid' }])
    expect(refused.diagnostics[0]?.message).toContain('range is full')
  })
})
