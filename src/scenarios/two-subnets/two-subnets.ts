/** Nodes in two subnets with a router between them: what an overlay network is for, and what happens without one. */
import type { Scenario } from '../scenario.ts'
import { client } from './client.ts'
import { cluster } from './cluster.ts'
import { podNetwork } from './pod-network.ts'
import { system } from './system.ts'
import { web } from './web.ts'

/** The blocks are such that the first request goes to the other subnet: endpoints stand in the order of their addresses. */
export const twoSubnets: Scenario = {
  id: 'two-subnets',
  title: { en: 'Two subnets: what an overlay does', 'zh-CN': '两个子网：覆盖网络做什么' },
  seed: 17,
  nowMs: Date.UTC(2026, 10, 25, 1),
  files: [
    { name: 'cluster.yaml', text: cluster, role: 'cluster' },
    { name: 'pod-network.yaml', text: podNetwork, role: 'cluster' },
    { name: 'system.yaml', text: system, role: 'system' },
    { name: 'web.yaml', text: web, role: 'applied' },
    { name: 'client.yaml', text: client, role: 'applied' },
  ],
  request: { from: 'pod/default/client', url: 'http://web/', method: 'GET', headers: [] },
}
