import { describe, expect, test } from 'vitest'
import { parseFile } from '../manifest/parse-file.ts'
import { createCluster } from './build-cluster.ts'
import { withChapterFiles } from './chapter-cluster.fixture.ts'
import type { Cluster } from './cluster.ts'
import { deleteObject } from './delete-object.ts'

const real = withChapterFiles('nginx-deploy.yaml', 'nginx-service.yaml', 'pod.yaml', 'nginx-ingress.yaml')

/** The cluster as `kubectl get … -A -o json` would print it, without some kinds, read into a cluster of another seed. */
function pasted(without: readonly string[], rewrite = (text: string) => text): Cluster {
  const items = Object.values(real.objects).filter(({ ref }) => !without.includes(ref.kind))
  const list = { apiVersion: 'v1', kind: 'List', items: items.map(({ body }) => body) }
  const parsed = parseFile('paste.json', rewrite(JSON.stringify(list)))
  const { cluster, diagnostics } = createCluster(parsed.manifests, { seed: 99, nowMs: real.nowMs + 5000 })
  expect([...parsed.diagnostics, ...diagnostics].filter(({ severity }) => severity === 'error')).toEqual([])
  return cluster
}

function outline(cluster: Cluster) {
  return {
    pods: cluster.pods.map(({ ref, ip, nodeName, ready }) => [ref.name, ip, nodeName, ready]),
    services: cluster.services.map(({ ref, clusterIps, ports }) => [ref.name, clusterIps, ports]),
    slices: cluster.endpointSlices.map(({ ref, endpoints }) => [
      ref.name,
      endpoints.map(({ addresses }) => addresses),
    ]),
    addresses: cluster.ingresses.map(({ addresses }) => addresses),
  }
}

describe('the output of a real cluster, read back', () => {
  test.each([
    { without: [] },
    { without: ['Namespace'] },
    { without: ['ReplicaSet'] },
    { without: ['Deployment', 'ReplicaSet', 'DaemonSet', 'Endpoints'] },
  ])('is that cluster, also without $without', ({ without }) => {
    expect(outline(pasted(without))).toEqual(outline(real))
  })

  test('keeps the hashes that a real Deployment controller gave', () => {
    const [hash] = real.replicaSets.flatMap(({ ref }) => /^nginx-(\w+)$/.exec(ref.name)?.[1] ?? [])
    const cluster = pasted(['ReplicaSet'], (text) => text.replaceAll(hash ?? '-', '6799fc88d8'))
    expect(cluster.replicaSets.map(({ ref }) => ref.name)).toContain('nginx-6799fc88d8')
    expect(cluster.pods).toHaveLength(real.pods.length)
  })

  test('keeps the endpoints of slices whose Pods were not pasted', () => {
    const slices = (cluster: Cluster) => cluster.endpointSlices.map(({ endpoints }) => endpoints.length)
    const cluster = pasted(['Pod', 'Deployment', 'ReplicaSet', 'DaemonSet'])
    expect(slices(cluster)).toEqual(slices(real))
  })

  test('goes on as a cluster does: a deleted Pod is replaced', () => {
    const cluster = pasted([])
    const victim = cluster.pods.find(({ labels }) => labels['app'] === 'nginx')
    const next = deleteObject(cluster, victim?.ref ?? { kind: 'Pod', namespace: '', name: '' }, cluster.nowMs)
    expect(next.cluster.pods).toHaveLength(cluster.pods.length)
    expect(next.cluster.pods.map(({ ref }) => ref.name)).not.toContain(victim?.ref.name)
  })
})
