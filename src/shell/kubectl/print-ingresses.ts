/** `kubectl get ingresses` and `ingressclasses` (kubernetes pkg/printers/internalversion/printers.go, printIngress). */
import type { Millis } from '../../sim/clock.ts'
import type { Ingress, IngressClass } from '../../sim/cluster/objects.ts'
import { printAge } from './print-age.ts'
import { firstFew } from './print-endpoints.ts'
import { loadBalancerCell } from './print-services.ts'
import type { Column } from './print-table.ts'

export const ingressColumns: readonly Column[] = [
  { name: 'Name' },
  { name: 'Class' },
  { name: 'Hosts' },
  { name: 'Address' },
  { name: 'Ports' },
  { name: 'Age' },
]

export const ingressClassColumns: readonly Column[] = [
  { name: 'Name' },
  { name: 'Controller' },
  { name: 'Parameters' },
  { name: 'Age' },
]

/** An Ingress's cells. `wide` shows all of a long ADDRESS. */
export function ingressCells(ingress: Ingress, nowMs: Millis, wide: boolean): readonly string[] {
  return [
    ingress.ref.name,
    ingress.ingressClassName ?? '<none>',
    hostsCell(ingress),
    loadBalancerCell(ingress.addresses, wide),
    ingress.tls.length > 0 ? '80, 443' : '80',
    printAge(ingress.createdAtMs, nowMs),
  ]
}

/** printIngressClass. `parameters` is `Kind.group/name`, where the class has some. */
export function ingressClassCells(
  ingressClass: IngressClass,
  parameters: string | undefined,
  nowMs: Millis,
): readonly string[] {
  const { ref, controller, createdAtMs } = ingressClass
  return [ref.name, controller, parameters ?? '<none>', printAge(createdAtMs, nowMs)]
}

/** formatHosts: up to three hosts; once there are three, every rule behind them counts as one more, with or without a host. */
function hostsCell(ingress: Ingress): string {
  const named = ingress.rules.flatMap((rule, index) => (rule.host === '' ? [] : [{ host: rule.host, index }]))
  if (named.length === 0) return '*'
  const hosts = named.map((entry) => entry.host)
  const third = named[2]
  const hasMore = third !== undefined && third.index < ingress.rules.length - 1
  return hasMore ? firstFew(hosts, ingress.rules.length) : hosts.join(',')
}
