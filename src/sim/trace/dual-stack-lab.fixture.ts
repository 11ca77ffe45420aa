/** A dual-stack cluster of two nodes: `web` with an endpoint on each and a node port, `nobody` without any, a client Pod `near` on host01. */
import { expect } from 'vitest'
import { createLab, openState, type Lab } from '../lab.ts'
import { parseFile } from '../manifest/parse-file.ts'

const node = (number: number) => `
---
apiVersion: v1
kind: Node
metadata: { name: host0${number} }
spec: { podCIDR: 172.31.${number}.0/24, podCIDRs: [172.31.${number}.0/24, "fd00:10:244:${number}::/64"] }
status:
  addresses:
    - { type: InternalIP, address: 192.168.61.1${number} }
    - { type: InternalIP, address: "fd00:61::1${number}" }
  conditions: [{ type: Ready, status: "True" }]`

const pod = (name: string, host: number, number: number, app: string) => `
---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: { app: ${app} }, annotations: { podpath.dev/listen: "80/TCP, 5353/UDP" } }
spec: { nodeName: host0${host}, containers: [{ name: ${app}, image: "nginx:1.27" }] }
status:
  phase: Running
  podIP: 172.31.${host}.${number}
  podIPs: [{ ip: 172.31.${host}.${number} }, { ip: "fd00:10:244:${host}::${number}" }]
  conditions: [{ type: Ready, status: "True" }]`

function service(name: string, spec: string): string {
  return `
---
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { ipFamilyPolicy: RequireDualStack, ${spec} }`
}

const ports = 'ports: [{ name: tcp, port: 80 }, { name: udp, protocol: UDP, port: 5353 }]'

/** A fresh lab with kube-proxy in that mode. */
export function dualStackLab(mode: string): Lab {
  const text = `
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v1.32.5
networking: { podSubnet: "172.31.0.0/16,fd00:10:244::/56", serviceSubnet: "10.96.0.0/12,fd00:10:96::/108" }
---
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: ${mode}
clusterCIDR: "172.31.0.0/16,fd00:10:244::/56"
${node(1)}${node(2)}
${pod('web-1', 1, 11, 'web')}${pod('web-2', 2, 12, 'web')}${pod('near', 1, 2, 'client')}
${service('web', `clusterIPs: [10.96.0.80, "fd00:10:96::80"], type: NodePort, selector: { app: web }, ${ports.replace('port: 80', 'port: 80, nodePort: 30080')}`)}
${service('nobody', `clusterIPs: [10.96.0.81, "fd00:10:96::81"], type: NodePort, selector: { app: nobody }, ${ports.replace('port: 80', 'port: 80, nodePort: 30081')}`)}
`
  const parsed = parseFile('machines.yaml', text)
  expect(parsed.diagnostics).toEqual([])
  return createLab(
    openState({
      scenario: 'dual-stack',
      seed: 1,
      nowMs: Date.UTC(2026, 10, 25, 1),
      files: [{ text, parsed, role: 'cluster' }],
    }),
  )
}
