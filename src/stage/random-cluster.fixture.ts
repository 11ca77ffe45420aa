/** Random clusters for laws: nodes, Services of many sizes, Pods anywhere. */
import fc from 'fast-check'
import type { ObjectRef } from '../sim/cluster/object-ref.ts'
import type { PodView, ServiceView, Snapshot } from '../sim/snapshot.ts'

const ref = (kind: string, name: string): ObjectRef => ({ kind, namespace: 'default', name })

/** A snapshot and the name of one of its Services; the client is `pod/default/client`. */
export const randomCluster: fc.Arbitrary<Snapshot> = fc
  .record({
    nodes: fc.integer({ min: 1, max: 12 }),
    services: fc.array(fc.array(fc.nat({ max: 11 }), { maxLength: 40 }), { minLength: 1, maxLength: 8 }),
    ready: fc.boolean(),
  })
  .map(({ nodes, services, ready }) => {
    const placed = services.map((places, s) =>
      places.map((place, i) =>
        podView(`app${s}-7c5ddbdf54-${letters(i)}`, `host${place % nodes}`, `172.31.${s}.${i + 1}`, ready),
      ),
    )
    return {
      revision: 1,
      proxyMode: 'iptables' as const,
      scenario: 'random',
      nodes: Array.from({ length: nodes }, (_, i) => ({
        name: `host${i}`,
        address: `192.168.61.${11 + i}`,
        ready,
        lost: false,
        floating: [],
        proxyMode: 'iptables' as const,
        rules: [{ text: 'iptables-save' as const }],
      })),
      pods: [podView('client', 'host0', '172.31.99.1', true), ...placed.flat()],
      services: placed.map((pods, s) => serviceView(`app${s}`, pods)),
      crowd: 0,
      ingresses: [],
      gateways: [],
      routes: [],
      vips: [],
      outsideNames: [],
      vantages: [
        {
          id: 'pod/default/client',
          kind: 'pod',
          name: 'client',
          address: '172.31.99.1',
          namespace: 'default',
          node: 'host0',
        },
      ],
      files: [],
      diagnostics: [],
    } satisfies Snapshot
  })

function podView(name: string, node: string, address: string, ready: boolean): PodView {
  return {
    ref: ref('Pod', name),
    node,
    address,
    hostNetwork: false,
    ready,
    terminating: false,
    status: 'Running',
    role: 'app',
    image: 'nginx',
    labels: {},
    listens: [],
    services: [],
  }
}

function serviceView(name: string, pods: readonly PodView[]): ServiceView {
  const rows = pods.map((pod, i) => ({
    ruleId: `${name} ${i + 2}`,
    probability: 1 / (pods.length - i),
    chosenBy: i === pods.length - 1 ? ('no-draw' as const) : ('own-draw' as const),
    share: 1 / pods.length,
    endpoint: `${pod.address ?? ''}:80`,
    pod: pod.ref,
  }))
  return {
    ref: ref('Service', name),
    type: 'ClusterIP',
    headless: false,
    clusterIp: '10.96.0.1',
    externalAddresses: [],
    selector: {},
    ports: [
      { name: '', protocol: 'TCP', port: 80, nodePort: 0, targetPort: '80', chain: 'KUBE-SVC-X', rows },
    ],
    role: 'app',
    because: [],
  }
}

function letters(i: number): string {
  return `x${String(i).padStart(4, '0')}`
}
