/** The chapter's cluster: three machines, Calico, CoreDNS, ingress-nginx behind kube-vip, and the files that its reader applies. */
import type { Scenario } from '../scenario.ts'
import { authority } from '../authority.ts'
import { cluster } from './cluster.ts'
import { nginxDeploy } from './nginx-deploy.ts'
import { nginxIngress } from './nginx-ingress.ts'
import { nginxNodeport } from './nginx-nodeport.ts'
import { nginxService } from './nginx-service.ts'
import { pod } from './pod.ts'
import { productionIngress } from './production-ingress.ts'
import { system } from './system.ts'

/** The scenario that opens when none is named. */
export const chapter9: Scenario = {
  id: 'chapter-9',
  title: { en: 'Chapter 9 · Service and DNS', 'zh-CN': '第 9 章 · Service 与 DNS' },
  seed: 17,
  nowMs: Date.UTC(2026, 10, 25, 1),
  files: [
    { name: 'cluster.yaml', text: cluster, role: 'cluster' },
    { name: 'system.yaml', text: system, role: 'system' },
    { name: 'authority.yaml', text: authority, role: 'system' },
    { name: 'nginx-deploy.yaml', text: nginxDeploy, role: 'applied' },
    { name: 'nginx-service.yaml', text: nginxService, role: 'applied' },
    { name: 'pod.yaml', text: pod, role: 'applied' },
    { name: 'nginx-nodeport.yaml', text: nginxNodeport, role: 'waiting' },
    { name: 'nginx-ingress.yaml', text: nginxIngress, role: 'waiting' },
    { name: 'production-ingress.yaml', text: productionIngress, role: 'waiting' },
  ],
  request: { from: 'pod/default/pod', url: 'http://nginx/', method: 'GET', headers: [] },
}
