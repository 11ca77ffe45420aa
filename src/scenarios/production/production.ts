/** The way in that the chapter ends with, as a cluster for others has it: wildcard name, balancer, controllers, Host, Pod. */
import { authority } from '../authority.ts'
import type { Scenario } from '../scenario.ts'
import { cluster } from './cluster.ts'
import { controller } from './controller.ts'
import { names } from './names.ts'
import { sites } from './sites.ts'
import { system } from './system.ts'

/** Two sites on one address of MetalLB's, over TLS, with the client's address kept up to the controller. */
export const production: Scenario = {
  id: 'production',
  title: { en: 'Production: from a name to a Pod', 'zh-CN': '生产环境：从域名到 Pod' },
  seed: 11,
  nowMs: Date.UTC(2026, 10, 25, 1),
  files: [
    { name: 'cluster.yaml', text: cluster, role: 'cluster' },
    { name: 'system.yaml', text: system, role: 'system' },
    { name: 'authority.yaml', text: authority, role: 'system' },
    { name: 'controller.yaml', text: controller, role: 'applied' },
    { name: 'sites.yaml', text: sites, role: 'applied' },
    { name: 'names.yaml', text: names, role: 'applied' },
  ],
  request: { from: 'laptop', url: 'https://web01.cluster.example.com/', method: 'GET', headers: [] },
}
