/** The Gateway API: nginx behind a Gateway, with a Route that splits requests by weight and by header. */
import type { Scenario } from '../scenario.ts'
import { cluster } from './cluster.ts'
import { edge } from './edge.ts'
import { oldIngress } from './old-ingress.ts'
import { route } from './route.ts'
import { system } from './system.ts'
import { web } from './web.ts'

/** Two versions of nginx, one address, one Route. */
export const gateway: Scenario = {
  id: 'gateway',
  title: { en: 'Gateway API', 'zh-CN': 'Gateway API' },
  seed: 5,
  nowMs: Date.UTC(2026, 10, 25, 1),
  files: [
    { name: 'cluster.yaml', text: cluster, role: 'cluster' },
    { name: 'system.yaml', text: system, role: 'system' },
    { name: 'web.yaml', text: web, role: 'applied' },
    { name: 'gateway.yaml', text: edge, role: 'applied' },
    { name: 'httproute.yaml', text: route, role: 'applied' },
    { name: 'old-ingress.yaml', text: oldIngress, role: 'waiting' },
  ],
  request: { from: 'laptop', url: 'http://web.example.com/', method: 'GET', headers: [] },
}
