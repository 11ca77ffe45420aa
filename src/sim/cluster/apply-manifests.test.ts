import { describe, expect, test } from 'vitest'
import { parseFile } from '../manifest/parse-file.ts'
import { applied, applyText, withChapterFiles } from './chapter-cluster.fixture.ts'
import { createCluster } from './build-cluster.ts'
import type { Cluster } from './cluster.ts'
import { deleteObject } from './delete-object.ts'
import { patchObject } from './patch-object.ts'
import { scaleObject } from './scale-object.ts'

const chapter = withChapterFiles('nginx-deploy.yaml', 'nginx-service.yaml')
const now = chapter.nowMs
const serviceRef = { kind: 'Service', namespace: 'default', name: 'nginx' }

const service = (name: string, spec: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: ${spec}\n`
const deployment = (name: string, labels: string, replicas = 2, image = 'nginx') =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name} }\nspec:\n  replicas: ${replicas}\n  selector: { matchLabels: ${labels} }\n` +
  `  template: { metadata: { labels: ${labels} }, spec: { containers: [{ name: a, image: ${image} }] } }\n`

function named(cluster: Cluster, name: string) {
  return cluster.services.find(({ ref }) => ref.name === name)
}

describe('what the API server refuses leaves the cluster as it was', () => {
  test.each([
    {
      text: service('web', '{ type: NodePort, ports: [{ port: 80, nodePort: 40000 }] }'),
      says: 'spec.ports[0].nodePort: Invalid value: 40000: provided port is not in the valid range. The range of valid ports is 80-32767',
    },
    {
      text: service('web', '{ trafficDistribution: PreferSameZone, ports: [{ port: 80 }] }'),
      says: 'spec.trafficDistribution: Unsupported value: "PreferSameZone": supported values: "PreferClose"',
    },
    {
      text: service('web', '{ type: NodePort, ports: [{ port: 80, nodePort: 443 }] }'),
      says: 'spec.ports[0].nodePort: Invalid value: 443: provided port is already allocated',
    },
    ...[
      { port: 443, why: 'provided port is already allocated' },
      { port: 31000, why: 'provided port is already allocated' },
      { port: 40000, why: 'provided port is not in the valid range. The range of valid ports is 80-32767' },
    ].map(({ port, why }) => ({
      text: service(
        'web',
        `{ type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: ${port}, ports: [{ port: 80, nodePort: 31000 }] }`,
      ),
      says: `Internal error occurred: failed to allocate requested HealthCheck NodePort ${port}: ${why}`,
    })),
    {
      text: service('web', '{ clusterIP: 10.200.0.5, ports: [{ port: 80 }] }'),
      says: 'spec.clusterIPs: Invalid value: []string{"10.200.0.5"}: failed to allocate IP 10.200.0.5: the provided IP (10.200.0.5) is not in the valid range. The range of valid IPs is 10.96.0.0/12',
    },
    {
      text: service('web', '{ clusterIP: 10.96.0.10, ports: [{ port: 80 }] }'),
      says: 'spec.clusterIPs: Invalid value: []string{"10.96.0.10"}: failed to allocate IP 10.96.0.10: provided IP is already allocated',
    },
    {
      text: service('nginx', '{ clusterIP: None, ports: [{ port: 80 }] }'),
      says: 'spec.clusterIPs[0]: Invalid value: []string{"None"}: may not change once set',
    },
    {
      text: service('web', '{ ipFamilyPolicy: RequireDualStack, ports: [{ port: 80 }] }'),
      says: 'spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services',
    },
    {
      text: deployment('nginx', '{ app: web }'),
      says: 'spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{"app":"web"}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: field is immutable',
    },
    {
      text: service('web', '{ ports: [{ port: 80 }] }').replace('name: web', 'name: web, namespace: prod'),
      says: 'namespaces "prod" not found',
    },
  ])('$says', ({ text, says }) => {
    const change = applyText(chapter, `${service('fine', '{ ports: [{ port: 1 }] }')}---\n${text}`)
    expect(change.cluster).toBe(chapter)
    expect(change.changed).toEqual([])
    expect(change.diagnostics).toMatchObject([{ severity: 'error', message: says, file: 'test.yaml' }])
    expect(change.diagnostics[0]?.range?.line).toBeGreaterThan(4)
  })

  test('a namespace that the same file makes is there in time, wherever it stands', () => {
    const text = `${service('web', '{ ports: [{ port: 80 }] }').replace('name: web', 'name: web, namespace: prod')}---\napiVersion: v1\nkind: Namespace\nmetadata: { name: prod }\n`
    expect(applyText(chapter, text).diagnostics).toEqual([])
  })

  test('a paste brings its namespaces along', () => {
    const text = service('web', '{ ports: [{ port: 80 }] }').replace(
      'name: web',
      'name: web, namespace: prod, uid: 1-2',
    )
    const { cluster, diagnostics } = applyText(chapter, text)
    expect(diagnostics).toMatchObject([{ severity: 'info', code: 'namespace-missing' }])
    expect(cluster.namespaces.map(({ ref }) => ref.name)).toContain('prod')
  })

  test('-n puts objects elsewhere, and does not move those that say where they belong', () => {
    const text = service('web', '{ ports: [{ port: 80 }] }')
    expect(applyText(chapter, text, { namespace: 'kube-system' }).changed).toMatchObject([
      { ref: { namespace: 'kube-system' } },
    ])
    const fixed = text.replace('name: web', 'name: web, namespace: default')
    expect(applyText(chapter, fixed, { namespace: 'kube-system' }).diagnostics).toMatchObject([
      { message: expect.stringContaining('does not match the namespace "kube-system"') },
    ])
  })
})

describe('apply over an object merges three ways', () => {
  test('what the file no longer says goes, what others said stays', () => {
    const first = applyText(
      chapter,
      service('web', '{ selector: { a: b, c: d }, ports: [{ port: 80 }, { name: x, port: 81 }] }').replace(
        '{ port: 80 }',
        '{ name: w, port: 80 }',
      ),
    )
    const patched = patchObject(
      first.cluster,
      { ...serviceRef, name: 'web' },
      { metadata: { labels: { by: 'hand' } } },
      now,
    )
    const { cluster, changed } = applyText(
      patched.cluster,
      service('web', '{ selector: { a: b }, ports: [{ name: w, port: 80 }] }'),
    )
    expect(changed).toMatchObject([{ verb: 'configured' }])
    expect(named(cluster, 'web')).toMatchObject({
      selector: { a: 'b' },
      ports: [{ port: 80 }],
      labels: { by: 'hand' },
      clusterIps: named(first.cluster, 'web')?.clusterIps,
    })
  })

  test('a scaled Deployment is set back to what the file says', () => {
    const { cluster } = scaleObject(
      chapter,
      { kind: 'Deployment', namespace: 'default', name: 'nginx' },
      1,
      now,
    )
    const again = applied(cluster, 'nginx-deploy.yaml')
    expect(again.changed).toMatchObject([{ verb: 'configured' }])
    expect(again.cluster.deployments.find(({ ref }) => ref.name === 'nginx')?.desired).toBe(5)
  })

  test('pruning takes what the file has no longer, and nothing of other files', () => {
    const both = applyText(
      chapter,
      `${deployment('a', '{ app: a }')}---\n${service('b', '{ ports: [{ port: 80 }] }')}`,
    )
    const { cluster, changed } = applyText(both.cluster, service('b', '{ ports: [{ port: 80 }] }'), {
      pruneFile: 'test.yaml',
    })
    expect(changed.map(({ ref, verb }) => `${ref.name} ${verb}`)).toEqual(['b unchanged', 'a deleted'])
    expect(cluster.pods.filter(({ ref }) => ref.name.startsWith('a-'))).toEqual([])
    expect(named(cluster, 'nginx')).toBeDefined()
  })

  test('what may not change is made anew where replacing was asked for', () => {
    const text = `${service('nginx', '{ clusterIP: None, selector: { app: web }, ports: [{ port: 80 }] }')}---\n${deployment('nginx', '{ app: web }')}`
    const { cluster, changed } = applyText(chapter, text, { replace: true })
    expect(changed.map(({ verb }) => verb)).toEqual(['configured', 'configured'])
    expect(named(cluster, 'nginx')).toMatchObject({ headless: true, clusterIps: [] })
    expect(cluster.endpointSlices.find(({ serviceName }) => serviceName === 'nginx')?.endpoints).toHaveLength(
      2,
    )
    expect(cluster.pods.filter(({ labels }) => labels['app'] === 'nginx')).toEqual([])
  })

  test('Pods keep name, node and address when nothing about them changed', () => {
    const { cluster } = applyText(
      chapter,
      service('web', '{ selector: { app: nginx }, ports: [{ port: 80 }] }'),
    )
    expect(cluster.pods).toEqual(chapter.pods)
  })
})

describe('patch, scale and delete', () => {
  test('a field that the kind does not have is dropped with a warning', () => {
    const change = patchObject(chapter, serviceRef, { spec: { typo: 1 } }, now)
    expect(change.changed).toEqual([{ ref: serviceRef, verb: 'patched (no change)' }])
    expect(change.diagnostics).toMatchObject([{ severity: 'warning', message: 'unknown field "spec.typo"' }])
  })

  test('lists are merged by their key, and null removes', () => {
    const patch = {
      spec: {
        selector: { app: null, run: 'x' },
        ports: [
          { port: 80, targetPort: 8080 },
          { port: 81, name: 'b' },
        ],
      },
    }
    const refused = patchObject(chapter, serviceRef, patch, now)
    expect(refused.diagnostics).toMatchObject([{ message: 'spec.ports[0].name: Required value' }])
    const named80 = { ...patch.spec.ports[0], port: 80, name: 'a' }
    const { cluster } = patchObject(
      chapter,
      serviceRef,
      { spec: { ...patch.spec, ports: [named80, { port: 81, name: 'b' }] } },
      now,
    )
    expect(named(cluster, 'nginx')).toMatchObject({
      selector: { run: 'x' },
      ports: [
        { name: 'a', port: 80, targetPort: 8080, protocol: 'TCP' },
        { name: 'b', port: 81, targetPort: 81 },
      ],
    })
  })

  test('what is not there is not found', () => {
    const nope = { kind: 'Deployment', namespace: 'default', name: 'nope' }
    const message = 'deployments.apps "nope" not found'
    for (const change of [
      patchObject(chapter, nope, {}, now),
      scaleObject(chapter, nope, 1, now),
      deleteObject(chapter, nope, now),
    ]) {
      expect(change.cluster).toBe(chapter)
      expect(change.diagnostics).toMatchObject([{ code: 'not-found', message }])
    }
  })

  test('kube-system stays, another namespace goes with all that is in it', () => {
    const ref = (name: string) => ({ kind: 'Namespace', namespace: '', name })
    expect(deleteObject(chapter, ref('kube-system'), now).diagnostics).toMatchObject([
      { message: 'namespaces "kube-system" is forbidden: this namespace may not be deleted' },
    ])
    const { cluster } = deleteObject(chapter, ref('ingress-nginx'), now)
    expect(Object.keys(cluster.objects).filter((key) => key.includes('/ingress-nginx/'))).toEqual([])
  })

  test('a node that goes takes its Pods along, and they are made anew elsewhere', () => {
    const { cluster } = deleteObject(chapter, { kind: 'Node', namespace: '', name: 'host01' }, now)
    const pods = cluster.pods.filter(({ labels }) => labels['app'] === 'nginx')
    expect(pods.map(({ nodeName }) => nodeName)).not.toContain('host01')
    expect(pods).toHaveLength(5)
  })
})

describe('a cluster from nothing', () => {
  test('has its two namespaces, and says that it has no nodes once something waits', () => {
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { containers: [{ name: a, image: a }] }\n'
    const made = createCluster(parseFile('pod.yaml', pod).manifests, { seed: 1, nowMs: now })
    expect(made.cluster.namespaces.map(({ ref }) => ref.name)).toEqual(['default', 'kube-system'])
    expect(made.diagnostics).toMatchObject([{ severity: 'warning', code: 'no-nodes' }])
    expect(made.cluster.config.nodePortRange).toEqual({ from: 30000, to: 32767 })
  })
})
