import { describe, expect, test } from 'vitest'
import { applyText, chapterCluster, withChapterFiles } from './chapter-cluster.fixture.ts'
import { becauseOf } from './origin.ts'
import type { Cluster } from './cluster.ts'

const bare = chapterCluster()
const pod = (name: string, spec: string, more = '') =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, labels: { app: web } }\nspec: ${spec}\n${more}`
const web =
  'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { selector: { app: web }, ports: [{ port: 80, targetPort: http }] }\n'
const named = (number: number) =>
  `{ containers: [{ name: a, image: a, ports: [{ name: http, containerPort: ${number} }] }] }`

function after(...texts: readonly string[]): Cluster {
  const { cluster, diagnostics } = applyText(bare, texts.join('---\n'))
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  return cluster
}

function slicesOf(cluster: Cluster, service: string): string[] {
  return cluster.endpointSlices
    .filter(({ serviceName }) => serviceName === service)
    .map(({ ports, endpoints }) => {
      const states = endpoints.map(
        ({ targetRef, addresses, ready }) => `${targetRef?.name ?? String(addresses[0])}${ready ? '' : '!'}`,
      )
      return `${ports.map(({ port }) => String(port)).join()} ${states.toSorted().join(' ')}`
    })
    .toSorted()
}

describe('the EndpointSlice controller', () => {
  test('resolves a named targetPort for each Pod, and parts Pods that resolve it differently', () => {
    const cluster = after(web, pod('a', named(8080)), pod('b', named(9090)), pod('c', named(8080)))
    expect(slicesOf(cluster, 'web')).toEqual(['8080 a c', '9090 b'])
  })

  test('leaves out the port that no container names', () => {
    expect(slicesOf(after(web, pod('a', '{ containers: [{ name: a, image: nginx }] }')), 'web')).toEqual([
      ' a',
    ])
  })

  test('lists a Pod that is not ready, as that', () => {
    const status =
      'status: { phase: Running, podIP: 172.31.239.250, conditions: [{ type: Ready, status: "False" }] }\n'
    const cluster = after(web, pod('a', named(80).replace('{ ', '{ nodeName: host01, '), status))
    expect(slicesOf(cluster, 'web')).toEqual(['80 a!'])
  })

  test('holds the place with an empty slice where no Pod is selected', () => {
    expect(slicesOf(after(web), 'web')).toEqual([' '])
  })

  test('hints endpoints to zones by the CPUs of the workers there', () => {
    const worker = (name: string, zone: string, cpu: string, address: string) =>
      `apiVersion: v1\nkind: Node\nmetadata: { name: ${name}, labels: { topology.kubernetes.io/zone: ${zone} } }\nstatus: { allocatable: { cpu: ${cpu} }, addresses: [{ type: InternalIP, address: ${address} }], conditions: [{ type: Ready, status: "True" }] }\n`
    const running = (name: string, node: string, address: string) =>
      pod(
        name,
        `{ nodeName: ${node}, containers: [{ name: a, image: a, ports: [{ name: http, containerPort: 80 }] }] }`,
        `status: { phase: Running, podIP: ${address}, conditions: [{ type: Ready, status: "True" }] }\n`,
      )
    const cluster = after(
      worker('east', 'a', '1500m', '192.168.61.21'),
      worker('west', 'b', '"4.5"', '192.168.61.22'),
      web.replace(
        '{ name: web }',
        '{ name: web, annotations: { service.kubernetes.io/topology-mode: Auto } }',
      ),
      ...['east', 'east', 'west', 'west'].map((node, index) =>
        running(`p${index}`, node, `172.31.239.23${index}`),
      ),
    )
    const hints = cluster.endpointSlices
      .filter(({ serviceName }) => serviceName === 'web')
      .flatMap(({ endpoints }) => endpoints.map(({ zone, hintZones }) => `${zone}→${hintZones.join()}`))
    expect(hints.toSorted()).toEqual(['a→a', 'a→b', 'b→b', 'b→b'])
  })

  test('puts at most a hundred endpoints into a slice', () => {
    const many = `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: many }\nspec:\n  replicas: 130\n  selector: { matchLabels: { app: web } }\n  template: { metadata: { labels: { app: web } }, spec: ${named(80)} }\n`
    const sizes = after(web, many)
      .endpointSlices.filter(({ serviceName }) => serviceName === 'web')
      .map(({ endpoints }) => endpoints.length)
    expect(sizes.toSorted((a, b) => a - b)).toEqual([30, 100])
  })

  test('keeps slices made by hand, and makes none where there is no selector', () => {
    const service =
      'apiVersion: v1\nkind: Service\nmetadata: { name: db }\nspec: { ports: [{ port: 5432 }] }\n'
    const slice =
      'apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: { name: db-1, labels: { kubernetes.io/service-name: db } }\naddressType: IPv4\nports: [{ port: 5432 }]\nendpoints: [{ addresses: [192.0.2.7] }]\n'
    expect(slicesOf(after(service, slice), 'db')).toEqual(['5432 192.0.2.7'])
  })

  test('mirrors Endpoints made by hand', () => {
    const text =
      'apiVersion: v1\nkind: Service\nmetadata: { name: db }\nspec: { ports: [{ port: 5432 }] }\n---\napiVersion: v1\nkind: Endpoints\nmetadata: { name: db }\nsubsets: [{ addresses: [{ ip: 192.0.2.7 }], ports: [{ port: 5432 }] }]\n'
    expect(slicesOf(after(text), 'db')).toEqual(['5432 192.0.2.7'])
  })

  test('gives StatefulSet Pods their names under a headless Service of that name', () => {
    const text =
      'apiVersion: v1\nkind: Service\nmetadata: { name: db }\nspec: { clusterIP: None, selector: { app: db }, ports: [{ port: 6379 }] }\n---\n' +
      'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: db }\nspec:\n  serviceName: db\n  replicas: 2\n  selector: { matchLabels: { app: db } }\n  template: { metadata: { labels: { app: db } }, spec: { containers: [{ name: a, image: redis }] } }\n'
    const slice = after(text).endpointSlices.find(({ serviceName }) => serviceName === 'db')
    expect(slice?.endpoints.map(({ hostname }) => String(hostname)).toSorted()).toEqual(['db-0', 'db-1'])
  })
})

describe('the scheduler', () => {
  const waiting = (cluster: Cluster, name: string) => {
    const status = cluster.objects[`Pod/default/${name}`]?.body['status']
    return JSON.stringify(status).match(/"message":"([^"]*)"/)?.[1]
  }

  test('leaves a Pod Pending that fits nowhere, and says why in the scheduler’s words', () => {
    const cluster = after(
      pod('a', '{ nodeSelector: { disk: ssd }, containers: [{ name: a, image: nginx }] }'),
    )
    expect(cluster.pods.find(({ ref }) => ref.name === 'a')).toMatchObject({
      phase: 'Pending',
      ready: false,
      ips: [],
    })
    expect(waiting(cluster, 'a')).toBe(
      "0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector.",
    )
  })

  test('gives a host port once a node', () => {
    const text = `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: w }\nspec:\n  replicas: 4\n  selector: { matchLabels: { app: w } }\n  template: { metadata: { labels: { app: w } }, spec: { containers: [{ name: a, image: nginx, ports: [{ containerPort: 80, hostPort: 8080 }] }] } }\n`
    const pods = after(text).pods.filter(({ labels }) => labels['app'] === 'w')
    const pending = pods.filter(({ phase }) => phase === 'Pending')
    expect(pending).toHaveLength(1)
    expect(waiting(after(text), pending[0]?.ref.name ?? '')).toContain("didn't have free ports")
  })

  test.each([
    { what: 'cordoned', spec: 'spec: { unschedulable: true }' },
    { what: 'tainted', spec: 'spec: { taints: [{ key: a, value: b, effect: NoSchedule }] }' },
    { what: 'not ready', spec: 'status: { conditions: [{ type: Ready, status: "False" }] }' },
  ])('keeps new Pods off a node that is $what', ({ spec }) => {
    const cluster = applyText(
      bare,
      `apiVersion: v1\nkind: Node\nmetadata: { name: host02 }\n${spec}\n`,
    ).cluster
    const filled = applyText(
      cluster,
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: w }\nspec:\n  replicas: 6\n  selector: { matchLabels: { app: w } }\n  template: { metadata: { labels: { app: w } }, spec: { containers: [{ name: a, image: nginx }] } }\n`,
    ).cluster
    const nodes = filled.pods.filter(({ labels }) => labels['app'] === 'w').map(({ nodeName }) => nodeName)
    expect(new Set(nodes)).toEqual(new Set(['host01', 'host03']))
  })

  test('keeps what a paste says of a Pod: node, address, readiness', () => {
    const cluster = after(
      pod(
        'a',
        '{ nodeName: host03, containers: [{ name: a, image: nginx }] }',
        'status: { phase: Running, podIP: 172.31.25.250, conditions: [{ type: Ready, status: "True" }] }\n',
      ),
    )
    expect(cluster.pods.find(({ ref }) => ref.name === 'a')).toMatchObject({
      nodeName: 'host03',
      ip: '172.31.25.250',
      ready: true,
    })
  })
})

describe('addresses of Pods', () => {
  const node = (name: string, more = '') =>
    `apiVersion: v1\nkind: Node\nmetadata: { name: ${name} }\n${more}status: { addresses: [{ type: InternalIP, address: 10.0.0.1 }] }\n`

  test('come from the node’s podCIDR where there is no Calico, the first two left to the bridge', () => {
    const empty = { ...bare, objects: {} }
    const { cluster } = applyText(
      empty,
      `apiVersion: v1\nkind: Namespace\nmetadata: { name: default }\n---\n${node('node1', 'spec: { podCIDR: 10.244.7.0/24 }\n')}---\n${pod('a', named(80))}`,
    )
    expect(cluster.pods[0]?.ip).toBe('10.244.7.2')
  })

  test('leave each node a block for its tunnel, even before it has a Pod', () => {
    const pool = (mode: string) =>
      `apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: { name: pods }\nspec: { cidr: 10.244.0.0/16, vxlanMode: ${mode} }\n`
    const blocksIn = (mode: string) => {
      const text = `${pool(mode)}---\n${node('node1')}---\n${node('node2')}`
      return applyText({ ...bare, objects: {} }, text).cluster.blocks.map(
        (block) => `${block.node} ${block.cidr}`,
      )
    }
    expect(blocksIn('Always')).toEqual(['node1 10.244.0.0/26', 'node2 10.244.0.64/26'])
    expect(blocksIn('Never')).toEqual([])
  })

  test('come from a new block of the pool where the node’s is full', () => {
    const many = `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: many }\nspec:\n  replicas: 200\n  selector: { matchLabels: { app: many } }\n  template: { metadata: { labels: { app: many } }, spec: ${named(80)} }\n`
    const cluster = after(many)
    expect(cluster.blocks.length).toBeGreaterThan(3)
    expect(new Set(cluster.pods.filter((item) => !item.hostNetwork).map(({ ip }) => ip)).size).toBe(
      cluster.pods.filter((item) => !item.hostNetwork).length,
    )
  })
})

describe('a LoadBalancer Service', () => {
  const balanced =
    'apiVersion: v1\nkind: Service\nmetadata: { name: lb }\nspec: { type: LoadBalancer, ports: [{ port: 80 }] }\n'
  const pool =
    'apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: { name: p, namespace: kube-system }\nspec: { addresses: [192.168.61.200-192.168.61.210] }\n'

  test('waits where nobody gives addresses out, and has a node port all the same', () => {
    const service = after(balanced).services.find(({ ref }) => ref.name === 'lb')
    expect(service?.loadBalancerIngress).toEqual([])
    expect(service?.ports[0]?.nodePort).toBeGreaterThan(0)
  })

  test('gets the pool’s first free address', () => {
    const cluster = after(pool, balanced, balanced.replace('name: lb', 'name: lb2'))
    expect(
      cluster.services.flatMap(({ loadBalancerIngress }) => loadBalancerIngress.map(({ ip }) => ip)),
    ).toEqual(['192.168.61.200', '192.168.61.201'])
  })
})

describe('what a Pod listens on', () => {
  const listens = (spec: string, annotation = '') => {
    const text = pod('a', spec).replace('labels: { app: web }', `annotations: { ${annotation} }`)
    const found = after(text).pods.find(({ ref }) => ref.name === 'a')?.listens ?? []
    return found.map(
      ({ port, protocol, loopbackOnly, told }) =>
        `${port}/${protocol}${loopbackOnly ? ' loopback' : ''} ${told}`,
    )
  }

  test.each([
    {
      spec: '{ containers: [{ name: a, image: nginx, ports: [{ containerPort: 8080 }] }] }',
      says: ['8080/TCP containerPort'],
    },
    {
      spec: '{ containers: [{ name: a, image: me/app:1, env: [{ name: PORT, value: "3000" }] }] }',
      says: ['3000/TCP environment'],
    },
    {
      spec: '{ containers: [{ name: a, image: me/app, readinessProbe: { httpGet: { port: 9000 } } }] }',
      says: ['9000/TCP probe'],
    },
    {
      spec: '{ containers: [{ name: a, image: "docker.io/library/nginx:1.27@sha256:ab" }] }',
      says: ['80/TCP image'],
    },
    {
      spec: '{ containers: [{ name: a, image: redis:7 }, { name: b, image: nginx }] }',
      says: ['6379/TCP image', '80/TCP image'],
    },
    { spec: '{ containers: [{ name: a, image: nginx, command: [sleep, infinity] }] }', says: [] },
  ])('$spec', ({ spec, says }) => {
    expect(listens(spec)).toEqual(says)
  })

  test('is what the annotation says, where there is one', () => {
    const annotation = 'podpath.dev/listen: "80/TCP, 127.0.0.1:9090/TCP, 443/TLS, nonsense"'
    expect(listens('{ containers: [{ name: a, image: redis }] }', annotation)).toEqual([
      '80/TCP annotation',
      '9090/TCP loopback annotation',
      '443/TLS annotation',
    ])
  })
})

describe('the lines behind a decision', () => {
  const cluster = withChapterFiles('nginx-deploy.yaml', 'nginx-service.yaml')
  const lines = (kind: string, name: RegExp, path: readonly (string | number)[]) => {
    const object = Object.values(cluster.objects).find(({ ref }) => ref.kind === kind && name.test(ref.name))
    const ref = object?.ref ?? { kind, namespace: '', name: '' }
    return becauseOf(cluster, { object: ref, paths: path.length === 0 ? [] : [path] }).map(
      ({ file, range }) => `${file ?? '-'}:${range?.line ?? 0}-${range?.endLine ?? 0}`,
    )
  }

  test.each([
    {
      kind: 'Service',
      name: /^nginx$/,
      path: ['spec', 'ports', 0, 'port'],
      says: ['nginx-service.yaml:10-10'],
    },
    { kind: 'Service', name: /^nginx$/, path: ['spec', 'clusterIP'], says: ['nginx-service.yaml:5-11'] },
    { kind: 'EndpointSlice', name: /^nginx-/, path: ['endpoints', 0], says: ['nginx-service.yaml:6-7'] },
    { kind: 'EndpointSlice', name: /^nginx-/, path: ['ports', 0, 'port'], says: ['nginx-service.yaml:8-11'] },
    {
      kind: 'Pod',
      name: /^nginx-.*-/,
      path: ['spec', 'containers', 0, 'image'],
      says: ['nginx-deploy.yaml:15-15'],
    },
    { kind: 'Pod', name: /^nginx-.*-/, path: [], says: ['nginx-deploy.yaml:9-15'] },
    { kind: 'Pod', name: /^kube-proxy-/, path: ['status', 'podIP'], says: ['system.yaml:105-110'] },
    { kind: 'Pod', name: /^not there$/, path: [], says: ['-:0-0'] },
  ])('$kind $path', ({ kind, name, path, says }) => {
    expect(lines(kind, name, path)).toEqual(says)
  })
})
