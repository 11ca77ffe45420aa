import { describe, expect, test } from 'vitest'
import { cidrContains } from '../network/address.ts'
import { applied, chapterCluster, withChapterFiles } from './chapter-cluster.fixture.ts'
import { applyManifests } from './apply-manifests.ts'
import { deleteObject } from './delete-object.ts'
import { objectKey } from './object-ref.ts'
import { patchObject } from './patch-object.ts'
import { scaleObject } from './scale-object.ts'
import type { Cluster } from './cluster.ts'

const nginx = { kind: 'Deployment', namespace: 'default', name: 'nginx' }
const service = { kind: 'Service', namespace: 'default', name: 'nginx' }
const now = Date.UTC(2026, 10, 25, 1)
const chapter = withChapterFiles('nginx-deploy.yaml', 'nginx-service.yaml', 'pod.yaml')

function podsOf(cluster: Cluster) {
  return cluster.pods.filter(({ ref }) => ref.name.startsWith('nginx-') && ref.namespace === 'default')
}

describe('the chapter’s cluster', () => {
  test('has the ranges that its configuration says', () => {
    expect(chapter.config).toMatchObject({
      kubernetesVersion: 'v1.32.5',
      podSubnets: ['172.31.0.0/16'],
      serviceSubnets: ['10.96.0.0/12'],
      dnsDomain: 'cluster.local',
      nodePortRange: { from: 80, to: 32767 },
      kubeProxy: {
        mode: 'iptables',
        detectLocal: { kind: 'ClusterCIDR', cidrs: ['172.31.0.0/16'] },
        masqueradeBit: 14,
      },
    })
    expect(chapter.namespaces.map(({ ref }) => ref.name)).toEqual([
      'cert-manager',
      'default',
      'ingress-nginx',
      'kube-system',
    ])
  })

  test('spreads five Pods two, two and one over its nodes, each in its node’s block', () => {
    const pods = podsOf(chapter)
    const counts = chapter.nodes.map((node) => pods.filter((pod) => pod.nodeName === node.ref.name).length)
    expect(counts.toSorted((a, b) => a - b)).toEqual([1, 2, 2])
    for (const pod of pods) {
      const block = chapter.blocks.find(({ node }) => node === pod.nodeName)
      expect(pod.ip !== undefined && block !== undefined && cidrContains(block.cidr, pod.ip)).toBe(true)
      expect(pod.ref.name).toMatch(/^nginx-[4-9bcdf]{8,10}-[bcdfghjklmnpqrstvwxz2456789]{5}$/)
    }
    expect(new Set(pods.map(({ ip }) => ip)).size).toBe(5)
  })

  test('leaves the first address of every block to the tunnel', () => {
    expect(chapter.pods.map(({ ip }) => ip).filter((ip) => ip?.endsWith('.192'))).toEqual([])
  })

  test('gives hostNetwork Pods the address of their node, one a node', () => {
    const proxies = chapter.pods.filter(({ ref }) => ref.name.startsWith('kube-proxy-'))
    expect(proxies.map(({ ip }) => String(ip)).toSorted()).toEqual([
      '192.168.61.11',
      '192.168.61.12',
      '192.168.61.13',
    ])
  })

  test('keeps the addresses that Services ask for, and draws the others from the upper part of the range', () => {
    const address = (name: string) => chapter.services.find(({ ref }) => ref.name === name)?.clusterIps[0]
    expect([address('kubernetes'), address('kube-dns'), address('metrics-server')]).toEqual([
      '10.96.0.1',
      '10.96.0.10',
      '10.105.140.176',
    ])
    expect(address('nginx')).toMatch(/^10\.(9[6-9]|10\d|11[01])\./)
    expect(address('nginx')).not.toMatch(/^10\.96\.0\./)
  })

  test('lists the Pods behind each Service, named ports resolved', () => {
    const slice = (name: string) => chapter.endpointSlices.find(({ serviceName }) => serviceName === name)
    expect(slice('nginx')?.ports).toEqual([{ name: '', port: 80, protocol: 'TCP' }])
    expect(
      slice('nginx')
        ?.endpoints.map(({ addresses }) => addresses[0])
        .toSorted(),
    ).toEqual(
      podsOf(chapter)
        .map(({ ip }) => String(ip))
        .toSorted(),
    )
    expect(slice('metrics-server')?.ports).toEqual([{ name: 'https', port: 10250, protocol: 'TCP' }])
    expect(slice('kube-dns')?.ports.map(({ name, protocol }) => `${name ?? ''}/${protocol}`)).toEqual([
      'dns/UDP',
      'dns-tcp/TCP',
      'metrics/TCP',
    ])
    expect(slice('kubernetes')?.ref.name).toBe('kubernetes')
  })

  test('has its floating address on one of the nodes', () => {
    expect(chapter.vips).toMatchObject([{ address: '192.168.61.10', interfaceName: 'eth0' }])
    expect(chapter.nodes.map(({ ref }) => ref.name)).toContain(chapter.vips[0]?.node)
  })

  test('is the same, byte for byte, from the same seed, and another from another', () => {
    const again = withChapterFiles('nginx-deploy.yaml', 'nginx-service.yaml', 'pod.yaml')
    expect(JSON.stringify(again)).toBe(JSON.stringify(chapter))
    expect(structuredClone(chapter)).toEqual(chapter)
    expect(JSON.stringify(chapterCluster(8))).not.toBe(JSON.stringify(chapterCluster(7)))
  })
})

describe('the chapter’s commands', () => {
  test('apply says created, then unchanged', () => {
    expect(applied(chapterCluster(), 'nginx-service.yaml').changed).toEqual([
      { ref: service, verb: 'created' },
    ])
    expect(applied(chapter, 'nginx-service.yaml').changed).toEqual([{ ref: service, verb: 'unchanged' }])
  })

  test('the patch gives a node port of the configured range, once', () => {
    const patched = patchObject(chapter, service, { spec: { type: 'NodePort' } }, now)
    const port = patched.cluster.services.find(({ ref }) => ref.name === 'nginx')?.ports[0]?.nodePort ?? 0
    expect(patched.changed).toEqual([{ ref: service, verb: 'patched' }])
    expect(port >= 208 && port <= 32767).toBe(true)
    const again = patchObject(patched.cluster, service, { spec: { type: 'NodePort' } }, now)
    expect(again.changed).toEqual([{ ref: service, verb: 'patched (no change)' }])
    expect(applied(patched.cluster, 'nginx-service.yaml').changed).toEqual([
      { ref: service, verb: 'unchanged' },
    ])
  })

  test('back to ClusterIP the node port vanishes, and the address stays', () => {
    const { cluster } = patchObject(chapter, service, { spec: { type: 'NodePort' } }, now)
    const back = patchObject(cluster, service, { spec: { type: 'ClusterIP' } }, now).cluster.services
    const before = chapter.services.find(({ ref }) => ref.name === 'nginx')
    expect(back.find(({ ref }) => ref.name === 'nginx')).toMatchObject({
      ports: [{ nodePort: 0 }],
      clusterIps: before?.clusterIps,
    })
  })

  test('the Ingress gets the default class and the address of its controller’s node', () => {
    const { cluster } = applied(chapter, 'nginx-ingress.yaml')
    const controller = cluster.pods.find(({ ref }) => ref.namespace === 'ingress-nginx')
    const node = cluster.nodes.find(({ ref }) => ref.name === controller?.nodeName)
    expect(cluster.ingresses).toMatchObject([{ ingressClassName: 'nginx', addresses: [node?.addresses[0]] }])
  })

  test('production-ingress takes the place of nginx-ingress', () => {
    const { cluster, changed } = applied(
      applied(chapter, 'nginx-ingress.yaml').cluster,
      'production-ingress.yaml',
    )
    expect(changed.map(({ ref, verb }) => `${ref.kind} ${verb}`)).toEqual([
      'DNSEndpoint created',
      'ClusterIssuer unchanged',
      'Certificate created',
      'Ingress configured',
    ])
    expect(cluster.ingresses[0]?.rules[0]?.host).toBe('web01.cluster.example.com')
  })

  test('scaling down keeps the Pods that stay, and takes from the fuller nodes', () => {
    const { cluster, changed } = scaleObject(chapter, nginx, 3, now)
    const kept = podsOf(cluster)
    expect(changed).toEqual([{ ref: nginx, verb: 'scaled' }])
    expect(podsOf(chapter)).toEqual(expect.arrayContaining([...kept]))
    expect(new Set(kept.map(({ nodeName }) => nodeName)).size).toBe(3)
  })

  test('a deleted Pod is replaced by one with a new name and a new address', () => {
    const [victim] = podsOf(chapter)
    const { cluster } = deleteObject(chapter, victim?.ref ?? nginx, now)
    const added = podsOf(cluster).filter(({ ref }) => chapter.objects[objectKey(ref)] === undefined)
    expect(podsOf(cluster)).toHaveLength(5)
    expect(added).toHaveLength(1)
    expect(chapter.pods.map(({ ip }) => ip)).not.toContain(added[0]?.ip)
  })

  test('a deleted Deployment takes its ReplicaSet and Pods along, and the Service stays without endpoints', () => {
    const { cluster } = deleteObject(chapter, nginx, now)
    expect([podsOf(cluster), cluster.deployments.filter(({ ref }) => ref.name === 'nginx')]).toEqual([[], []])
    expect(cluster.endpointSlices.find(({ serviceName }) => serviceName === 'nginx')?.endpoints).toEqual([])
  })

  test('another image makes another ReplicaSet, and the old one stays without Pods', () => {
    const image = { spec: { template: { spec: { containers: [{ name: 'nginx', image: 'nginx:1.27' }] } } } }
    const { cluster } = patchObject(chapter, nginx, image, now)
    const sets = cluster.replicaSets.filter(({ ref }) => ref.namespace === 'default')
    expect(new Set(sets.map(({ desired }) => desired))).toEqual(new Set([0, 5]))
    expect(podsOf(cluster).every((pod) => pod.containers[0]?.image === 'nginx:1.27')).toBe(true)
    const back = patchObject(
      cluster,
      nginx,
      { spec: { template: { spec: { containers: [{ name: 'nginx', image: 'nginx' }] } } } },
      now,
    )
    expect(back.cluster.replicaSets.filter(({ ref }) => ref.namespace === 'default')).toHaveLength(2)
  })

  test('no change touches the cluster that it was given', () => {
    const before = JSON.stringify(chapter)
    deleteObject(scaleObject(chapter, nginx, 1, now).cluster, nginx, now)
    applyManifests(chapter, [], { nowMs: now })
    expect(JSON.stringify(chapter)).toBe(before)
  })
})
