/** Two nodes and their Pods for tests of what a kernel does with Service traffic, and how a request ended as one line. */
import type { Cluster } from '../cluster/cluster.ts'
import { createLab, openState, type Lab } from '../lab.ts'
import { parseFile } from '../manifest/parse-file.ts'
import { ip } from '../network/address.ts'
import type { Network } from '../network/network.ts'
import { hasPorts } from '../network/packet.ts'
import { request } from './chapter-lab.fixture.ts'
import { openRecorder } from './recorder.ts'
import type { Party, Run } from './run.ts'
import { connect, type ConnectOutcome } from './tcp-connect.ts'
import type { Connection } from './tcp-connection.ts'
import type { Hop, Trace } from './trace.ts'
import { findVantage } from './vantage.ts'
import { openWorld, type Kernels } from './world.ts'

const machines = `
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v1.32.5
networking: { podSubnet: 172.31.0.0/16, serviceSubnet: 10.96.0.0/12, dnsDomain: cluster.local }
---
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: iptables
clusterCIDR: 172.31.0.0/16
---
apiVersion: v1
kind: Node
metadata: { name: host01 }
spec: { podCIDR: 172.31.1.0/24 }
status:
  addresses: [{ type: InternalIP, address: 192.168.61.11 }]
  conditions: [{ type: Ready, status: "True" }]
---
apiVersion: v1
kind: Node
metadata: { name: host02 }
spec: { podCIDR: 172.31.2.0/24 }
status:
  addresses: [{ type: InternalIP, address: 192.168.61.12 }]
  conditions: [{ type: Ready, status: "True" }]
`

/** A Pod at an address of its own; it listens on 80/TCP and 5353/UDP. */
export function podYaml(name: string, node: string, address: string, app: string): string {
  return `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: { app: ${app} }, annotations: { podpath.dev/listen: "80/TCP, 5353/UDP" } }
spec: { nodeName: ${node}, containers: [{ name: ${app}, image: nginx:1.27 }] }
status:
  phase: Running
  podIP: ${address}
  podIPs: [{ ip: ${address} }]
  conditions: [{ type: Ready, status: "True" }]
`
}

/** Calico's pool of the lab's Pod addresses. */
export function calicoPool(natOutgoing: boolean): string {
  return `
apiVersion: projectcalico.org/v3
kind: IPPool
metadata: { name: pods }
spec: { cidr: 172.31.0.0/16, natOutgoing: ${natOutgoing} }
`
}

/** A Service `web` at 10.96.0.80, 80/TCP and 5353/UDP; `spec` are lines of its own, the selector `app: web` unless they have one. */
export function serviceYaml(spec: string): string {
  const selector = spec.includes('selector:') ? '' : 'selector: { app: web }'
  return `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  clusterIP: 10.96.0.80
  ports: [{ name: tcp, port: 80 }, { name: udp, protocol: UDP, port: 5353 }]
  ${selector}
  ${spec.trim().split('\n').join('\n  ')}
`
}

/** Addresses for load balancers, on the nodes' LAN. */
export const pool = `
apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata: { name: pool, namespace: default }
spec: { addresses: [192.168.61.200-192.168.61.210] }
---
apiVersion: metallb.io/v1beta1
kind: L2Advertisement
metadata: { name: pool, namespace: default }
`

/** Three Pods of `web` on host01, two on host02; `near` and `far` are clients on the one and the other. */
export const fivePods = [
  podYaml('web-1', 'host01', '172.31.1.11', 'web'),
  podYaml('web-2', 'host01', '172.31.1.12', 'web'),
  podYaml('web-3', 'host01', '172.31.1.13', 'web'),
  podYaml('web-4', 'host02', '172.31.2.14', 'web'),
  podYaml('web-5', 'host02', '172.31.2.15', 'web'),
  podYaml('near', 'host01', '172.31.1.2', 'client'),
  podYaml('far', 'host02', '172.31.2.2', 'client'),
]

/** A Pod of host01 that is alone behind a Service with the selector `app: only`. */
export const onlyNear = podYaml('only', 'host01', '172.31.1.20', 'only')

/** A lab of the two nodes with these objects applied. Any diagnostic fails the test. */
export function kernelLab(...documents: readonly string[]): Lab {
  const nowMs = Date.UTC(2026, 10, 25, 1)
  const parsed = parseFile('machines.yaml', machines)
  const lab = createLab(
    openState({ scenario: 'kernel', seed: 1, nowMs, files: [{ text: machines, parsed, role: 'cluster' }] }),
  )
  applyText(lab, 'objects.yaml', documents.join('---\n'))
  return lab
}

/** Applies a text; a diagnostic fails the test. */
export function applyText(lab: Lab, file: string, text: string): void {
  const { diagnostics } = lab.apply(parseFile(file, text), text)
  if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics))
}

/** Sends a request. In the URL `NODEPORT` and `BALANCER` stand for the first node port and the balancer's address of the Service `web`. */
export function sendTo(lab: Lab, from: string, url: string, seed = 1): Trace {
  const web = lab.cluster.services.find((each) => each.ref.name === 'web')
  const asked = url
    .replace('NODEPORT', String(web?.ports[0]?.nodePort))
    .replace('BALANCER', String(web?.loadBalancerIngress[0]?.ip))
  return lab.send({ ...request(from, asked), seed })
}

/** Every {@link outcome} that 25 seeds give from the lab as it stands, sorted. */
export function outcomesOf(lab: Lab, from: string, url: string): readonly string[] {
  const seen = Array.from({ length: 25 }, (_, seed) =>
    outcome(sendTo(createLab(lab.state()), from, url, seed)),
  )
  return [...new Set(seen)].toSorted()
}

/** The outcome at each of the {@link fivePods}. */
export function everyPod(saw: string): readonly string[] {
  return ['web-1', 'web-2', 'web-3', 'web-4', 'web-5'].map((pod) => `${pod} saw ${saw}`)
}

/** A run to send single packets in: on a cluster, with what kernels remember, in a network that may be another than the cluster's. */
export function openRun(
  cluster: Cluster,
  how: {
    readonly kernels?: Kernels
    readonly seed?: number
    readonly nowMs?: number
    readonly network?: (network: Network) => Network
  } = {},
): Run {
  const { kernels = {}, seed = 1, nowMs = cluster.nowMs, network = (each) => each } = how
  const opened = openWorld({ cluster, kernels, rations: {}, nowMs, seed, interruptions: [] })
  const world = { ...opened, network: () => network(opened.network()) }
  const request = { from: '', url: '', method: 'GET', headers: [], seed }
  return { world, recorder: openRecorder(world), request }
}

/** Who sends at a vantage. */
export function partyAt(cluster: Cluster, vantage: string): Party {
  const place = findVantage(cluster, vantage)
  if (place === undefined) throw new Error(`nobody at ${vantage}`)
  return place.party
}

/**
 * How a request ended, in one line:
 *
 *     web-4 saw 172.31.1.2, port kept
 *     refused: RST of host01
 *     refused: ICMP 3/3 of 192.168.61.11
 *     unreachable: Invalid argument
 *     timed-out: drop in filter INPUT of host02
 */
export function outcome(trace: Trace): string {
  const taken = trace.hops.findLast((hop) =>
    /^hop\.(syn-ack|sctp-init-ack|udp-taken|echo-reply)\.title$/.test(hop.title.id),
  )
  if (taken !== undefined && trace.verdict.kind === 'answered') return takenText(trace, taken)
  const error = trace.hops.find((hop) => hop.kind === 'receive' && hop.phase === 'drop')
  if (error !== undefined) return `${trace.verdict.kind}: ${errorText(trace, error)}`
  const end = trace.hops.find((hop) => hop.kind === 'drop' || hop.kind === 'silence')
  const { host = '', hook = '' } = end?.place ?? {}
  return `${trace.verdict.kind}: ${end?.kind ?? 'nothing'} in ${hook} of ${host}`
}

function takenText(trace: Trace, taken: Hop): string {
  const sent = trace.hops.find((hop) => hop.kind === 'send' && hop.exchange === taken.exchange)?.before
  const seen = taken.before
  const isReply = taken.direction === 'reply'
  const name = taken.place.host.replace('default/', '')
  const source = isReply ? seen.dst : seen.src
  if (sent === undefined || !hasPorts(seen) || !hasPorts(sent)) return `${name} saw ${source}`
  const port = isReply ? seen.dstPort : seen.srcPort
  return `${name} saw ${source}, ${port === sent.srcPort ? 'port kept' : 'another port'}`
}

function errorText(trace: Trace, { before, title }: Hop): string {
  if (/^hop\.not-(sent|permitted)\.title$/.test(title.id)) return String(title.values['error'])
  if (!hasPorts(before)) return `ICMP ${before.type}/${before.code} of ${before.src}`
  const reset = trace.hops.find((hop) => hop.kind === 'refuse')
  return `RST of ${reset?.place.host ?? ''}`
}

/** Opens a connection to the Service, 10.96.0.80:80. */
export function connectToWeb(run: Run, vantage: string): ConnectOutcome {
  const exchange = run.recorder.open('connect', 'client', { id: 'exchange.connect', values: {} })
  const party = partyAt(run.world.cluster(), vantage)
  return connect(run, exchange, party, { address: ip('10.96.0.80'), port: 80 })
}

/** The connection of {@link connectToWeb}; where there is none the test fails. */
export function openToWeb(run: Run, vantage: string): Connection {
  const opened = connectToWeb(run, vantage)
  if (opened.kind === 'failed') throw new Error(opened.error)
  return opened.connection
}
