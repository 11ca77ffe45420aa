/** The dual-stack cluster that stands still while Services come and go: three nodes, their Pods, pools for load balancers; and a lab on it. */
import type { Cluster } from '../../sim/cluster/cluster.ts'
import { createLab, openState, type Lab } from '../../sim/lab.ts'
import { parseFile } from '../../sim/manifest/parse-file.ts'

/** A Pod of the cluster. All listen on 80/TCP, 8080/TCP and 5353/UDP. */
export interface PodPlace {
  readonly name: string
  readonly node: string
  readonly address: string
  readonly ipv6: string
}

export const nodes = [
  { name: 'host01', address: '192.168.61.11', ipv6: 'fd00:61::11', podCidrs: cidrsOf(1) },
  { name: 'host02', address: '192.168.61.12', ipv6: 'fd00:61::12', podCidrs: cidrsOf(2) },
  { name: 'host03', address: '192.168.61.13', ipv6: 'fd00:61::13', podCidrs: cidrsOf(3) },
] as const

/** The line of a KubeProxyConfiguration that says where Pods are. */
export const CLUSTER_CIDR = 'clusterCIDR: "172.31.0.0/16,fd00:10:244::/56"'

/** Servers `web-1` to `web-5` on two nodes, and a client on each of the three. */
export const pods: readonly PodPlace[] = [
  podAt('web-1', 1, 11),
  podAt('web-2', 1, 12),
  podAt('web-3', 1, 13),
  podAt('web-4', 2, 14),
  podAt('web-5', 2, 15),
  podAt('near', 1, 2),
  podAt('far', 2, 2),
  podAt('alone', 3, 2),
]

/** What a cluster's own text may say otherwise. */
export interface MachineChoices {
  /** Lines of the KubeProxyConfiguration; {@link CLUSTER_CIDR} where absent. */
  readonly kubeProxy?: string
  /** Labels by Pod; `app: web` for the servers where absent. */
  readonly labels?: Readonly<Record<string, string>>
  /** Whether an IPPool masquerades what leaves the Pods' range; absent: no Calico. */
  readonly natOutgoing?: boolean
}

/** A lab of these machines with further objects applied. Throws on any diagnostic that is an error: the proof's own text is wrong then. */
export function openProofLab(objects: string, choices: MachineChoices = {}): Lab {
  const text = machinesText(choices)
  const parsed = parseFile('machines.yaml', text)
  const opened = openState({
    scenario: 'kernel',
    seed: 1,
    nowMs: Date.UTC(2026, 10, 25),
    files: [{ text, parsed, role: 'cluster' }],
  })
  failOn(opened.diagnostics)
  const lab = createLab(opened)
  applyText(lab, podsText(choices.labels ?? {}))
  if (objects.trim() !== '') applyText(lab, objects, 'objects.yaml')
  return lab
}

/** Applies a text to a lab. */
function applyText(lab: Lab, text: string, file = 'pods.yaml'): Cluster {
  failOn(lab.apply(parseFile(file, text), text, { prune: true }).diagnostics)
  return lab.cluster
}

/** Puts rules before all others of every node's filter table, by a paste of its own text. */
export function putBefore(lab: Lab, filterRules: readonly string[]): void {
  for (const { name } of nodes) {
    const [before = '', filter = ''] = lab.iptablesSave(name).split(/^(?=\*filter$)/m)
    const edited = filter.replace(/^(?=-A )/m, `${filterRules.join('\n')}\n`)
    failOn(lab.pasteRules(`${name}.iptables-save`, before + edited).diagnostics)
  }
}

function failOn(diagnostics: ReturnType<Lab['apply']>['diagnostics']): void {
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new Error(errors.map(({ file, message }) => `${file}: ${message}`).join('\n'))
}

function cidrsOf(node: number): readonly string[] {
  return [`172.31.${node}.0/24`, `fd00:10:244:${node}::/64`]
}

function podAt(name: string, node: number, number: number): PodPlace {
  return {
    name,
    node: `host0${node}`,
    address: `172.31.${node}.${number}`,
    ipv6: `fd00:10:244:${node}::${number}`,
  }
}

function machinesText({ kubeProxy = CLUSTER_CIDR, natOutgoing }: MachineChoices): string {
  return [
    `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v1.34.1
networking: { podSubnet: "172.31.0.0/16,fd00:10:244::/56", serviceSubnet: "10.96.0.0/12,fd00:10:96::/108", dnsDomain: cluster.local }`,
    `apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
${kubeProxy}`,
    ...nodes.map(
      ({ name, address, ipv6, podCidrs: [podCidr, podCidrIpv6] }) => `apiVersion: v1
kind: Node
metadata: { name: ${name} }
spec: { podCIDR: ${podCidr}, podCIDRs: [${podCidr}, "${podCidrIpv6}"] }
status:
  addresses: [{ type: InternalIP, address: ${address} }, { type: InternalIP, address: "${ipv6}" }]
  conditions: [{ type: Ready, status: "True" }]`,
    ),
    `apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata: { name: pool, namespace: default }
spec: { addresses: [192.168.61.200-192.168.61.230, "fd00:61::200-fd00:61::230"] }
---
apiVersion: metallb.io/v1beta1
kind: L2Advertisement
metadata: { name: pool, namespace: default }`,
    ...(natOutgoing === undefined
      ? []
      : [
          `apiVersion: projectcalico.org/v3
kind: IPPool
metadata: { name: pods }
spec: { cidr: 172.31.0.0/16, natOutgoing: ${natOutgoing} }`,
        ]),
  ].join('\n---\n')
}

function podsText(labels: Readonly<Record<string, string>>): string {
  return pods
    .map(({ name, node, address, ipv6 }) => {
      const app = labels[name] ?? (name.startsWith('web-') ? 'web' : 'client')
      return `apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: { app: ${app} }, annotations: { podpath.dev/listen: "80/TCP, 8080/TCP, 5353/UDP" } }
spec: { nodeName: ${node}, containers: [{ name: main, image: nginx:1.27, ports: [{ name: http, containerPort: 80 }] }] }
status:
  phase: Running
  podIP: ${address}
  podIPs: [{ ip: ${address} }, { ip: "${ipv6}" }]
  conditions: [{ type: Ready, status: "True" }]`
    })
    .join('\n---\n')
}
