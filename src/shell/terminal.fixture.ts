/** A small cluster with a terminal, for tests: two machines, two nginx Pods behind a Service, a Pod to type in. */
import { createLab, openState, type Lab, type LabState } from '../sim/lab.ts'
import { parseFile } from '../sim/manifest/parse-file.ts'
import { exec, type ExecResult } from './exec.ts'
import { newSession } from './session.ts'

const machines = `
apiVersion: v1
kind: Node
metadata: { name: host01, labels: { kubernetes.io/hostname: host01, node-role.kubernetes.io/control-plane: "" } }
status:
  addresses: [{ type: InternalIP, address: 192.168.61.11 }]
  conditions: [{ type: Ready, status: "True" }]
---
apiVersion: v1
kind: Node
metadata: { name: host02, labels: { kubernetes.io/hostname: host02 } }
status:
  addresses: [{ type: InternalIP, address: 192.168.61.12 }]
  conditions: [{ type: Ready, status: "True" }]
---
apiVersion: v1
kind: Service
metadata: { name: kube-dns, namespace: kube-system }
spec:
  clusterIP: 10.96.0.10
  selector: { k8s-app: kube-dns }
  ports: [{ name: dns, port: 53, protocol: UDP }, { name: dns-tcp, port: 53, protocol: TCP }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: coredns, namespace: kube-system }
spec:
  selector: { matchLabels: { k8s-app: kube-dns } }
  template:
    metadata: { labels: { k8s-app: kube-dns } }
    spec:
      dnsPolicy: Default
      containers:
        - { name: coredns, image: coredns/coredns, ports: [{ containerPort: 53, protocol: UDP }, { containerPort: 53, protocol: TCP }] }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: coredns, namespace: kube-system }
data: { Corefile: ".:53 {\\n kubernetes cluster.local in-addr.arpa {\\n ttl 30\\n }\\n forward . /etc/resolv.conf\\n}\\n" }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: nginx }
spec:
  replicas: 2
  selector: { matchLabels: { app: nginx } }
  template: { metadata: { labels: { app: nginx } }, spec: { containers: [{ name: nginx, image: nginx }] } }
---
apiVersion: v1
kind: Service
metadata: { name: nginx }
spec: { clusterIP: 10.100.221.220, selector: { app: nginx }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: empty }
spec: { clusterIP: 10.104.17.3, selector: { app: none }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: pod }
spec: { containers: [{ name: pod, image: alpine, command: [sleep, infinity] }, { name: side, image: busybox }] }
`

const files = {
  'nginx-nodeport.yaml': 'spec:\n  type: NodePort\n',
  'web.yaml':
    'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n',
}

const opened = openTestState()

/** A lab of its own on that cluster. The two files wait in /opt. */
export function openTestLab(): Lab {
  return createLab(opened)
}

/** A terminal at a machine of that lab: each line goes on where the one before left off. */
export function openTerminal(at = 'host01', lab: Lab = openTestLab()): (line: string) => ExecResult {
  let session = newSession
  return (line) => {
    const result = exec(lab, line, { at, session, parseFile })
    session = result.session
    return result
  }
}

function openTestState(): LabState {
  const waiting = Object.entries(files).map(([name, text]) => ({
    parsed: parseFile(name, text),
    text,
    role: 'waiting' as const,
  }))
  const cluster = { parsed: parseFile('cluster.yaml', machines), text: machines, role: 'cluster' as const }
  const nowMs = Date.UTC(2026, 0, 10, 12)
  return openState({ scenario: 'test', seed: 7, nowMs, files: [cluster, ...waiting] })
}
