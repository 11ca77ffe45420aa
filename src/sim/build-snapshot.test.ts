import { describe, expect, test } from 'vitest'
import { buildSnapshot } from './build-snapshot.ts'
import { applyChapterFile, chapterLab } from './trace/chapter-lab.fixture.ts'
import { applyText, fivePods, kernelLab, serviceYaml } from './trace/kernel-lab.fixture.ts'
import type { Cluster } from './cluster/cluster.ts'

const snapshotOf = (cluster: Cluster) =>
  buildSnapshot(cluster, { revision: 1, scenario: 'test', files: [], diagnostics: [] })
const chapter = snapshotOf(chapterLab().cluster)

describe('a Service’s port', () => {
  test('has a row an endpoint, whose shares are all the same', () => {
    const rows = chapter.services.find((each) => each.ref.name === 'nginx')?.ports[0]?.rows ?? []
    expect(rows.map((row) => row.share.toFixed(6))).toEqual(Array(5).fill('0.200000'))
    expect(rows.map((row) => row.chosenBy)).toEqual([...Array(4).fill('own-draw'), 'no-draw'])
    expect(rows.every((row) => row.pod?.name.startsWith('nginx-'))).toBe(true)
  })
  test.each([
    { mode: 'nftables', chosenBy: 'one-draw' },
    { mode: 'ipvs', chosenBy: 'scheduler' },
  ])('has rows chosen by $chosenBy in mode $mode', ({ mode, chosenBy }) => {
    const lab = chapterLab()
    applyChapterFile(lab, 'cluster.yaml', (text) => text.replace('mode: iptables', `mode: ${mode}`))
    const rows = snapshotOf(lab.cluster).services.find((each) => each.ref.name === 'nginx')?.ports[0]?.rows
    expect(rows?.map((row) => row.chosenBy)).toEqual(Array(5).fill(chosenBy))
  })
  test('has no row where nobody is behind it', () => {
    const { cluster } = kernelLab(...fivePods, serviceYaml('selector: { app: nobody }'))
    const port = snapshotOf(cluster).services.find((each) => each.ref.name === 'web')?.ports[0]
    expect(port).toMatchObject({ rows: [], port: 80, nodePort: 0, targetPort: '80' })
  })
})

describe('a role', () => {
  test.each([
    { name: 'kube-dns', role: 'dns' },
    { name: 'ingress-nginx-controller', role: 'ingress' },
    { name: 'kubernetes', role: 'system' },
    { name: 'nginx', role: 'app' },
  ])('of the Service $name is $role', ({ name, role }) => {
    expect(chapter.services.find((each) => each.ref.name === name)?.role).toBe(role)
  })
  test('of a Service without Pods is its namespace’s', () => {
    const lab = chapterLab()
    applyChapterFile(lab, 'nginx-service.yaml', (text) => text.replace('app: nginx', 'app: nobody'))
    expect(snapshotOf(lab.cluster).services.find((each) => each.ref.name === 'nginx')?.role).toBe('app')
  })
})

describe('a Pod', () => {
  const pod = chapter.pods.find((each) => each.ref.name.startsWith('nginx-'))

  test('names its Services and the workload that a person wrote', () => {
    expect(pod?.services).toEqual([{ kind: 'Service', namespace: 'default', name: 'nginx' }])
    expect(pod?.workload).toMatchObject({ kind: 'Deployment', name: 'nginx' })
  })
  test('that waits says what for, and cannot be asked from', () => {
    const lab = kernelLab(...fivePods)
    applyText(
      lab,
      'pending.yaml',
      'apiVersion: v1\nkind: Pod\nmetadata: { name: waits }\nspec: { nodeSelector: { disk: none }, containers: [{ name: app, image: nginx }] }\n',
    )
    const { pods, vantages } = snapshotOf(lab.cluster)
    expect(pods.find((each) => each.ref.name === 'waits')).toMatchObject({ status: 'Pending', ready: false })
    expect(vantages.map((each) => each.id)).not.toContain('pod/default/waits')
  })
})

describe('an Ingress', () => {
  test('has its hosts, paths and backends as written, with their lines', () => {
    const lab = chapterLab()
    applyChapterFile(lab, 'nginx-ingress.yaml')
    const [ingress] = snapshotOf(lab.cluster).ingresses
    expect(ingress?.rules).toEqual([
      { host: 'web01', paths: [{ path: '/', pathType: 'Prefix', service: 'nginx', port: '80' }] },
    ])
    expect(ingress?.because[0]).toMatchObject({ file: 'nginx-ingress.yaml' })
  })
})

test('a snapshot of a cluster without nodes is empty and whole', () => {
  const { cluster } = chapterLab()
  const empty: Cluster = { ...cluster, nodes: [], pods: [], services: [], ingresses: [], vips: [] }
  expect(snapshotOf(empty)).toMatchObject({ nodes: [], pods: [], services: [], vantages: [{ id: 'laptop' }] })
})
