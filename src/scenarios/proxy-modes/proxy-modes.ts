/** One cluster, three modes of kube-proxy, three outcomes: the request that stands ready ends otherwise in each. */
import type { Scenario } from '../scenario.ts'
import { client } from './client.ts'
import { cluster } from './cluster.ts'
import { empty } from './empty.ts'
import { system } from './system.ts'
import { web } from './web.ts'

/** A client, a Service with a node port, and one without endpoints, on two machines. */
export const proxyModes: Scenario = {
  id: 'proxy-modes',
  title: { en: 'iptables, nftables, IPVS', 'zh-CN': 'iptables、nftables 与 IPVS' },
  seed: 5,
  nowMs: Date.UTC(2026, 10, 25, 1),
  files: [
    { name: 'cluster.yaml', text: cluster, role: 'cluster' },
    { name: 'system.yaml', text: system, role: 'system' },
    { name: 'web.yaml', text: web, role: 'applied' },
    { name: 'empty.yaml', text: empty, role: 'applied' },
    { name: 'client.yaml', text: client, role: 'applied' },
  ],
  request: { from: 'pod/default/client', url: 'ping web', method: 'GET', headers: [] },
}
