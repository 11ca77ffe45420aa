/** Requests that are worth a look in this cluster, told from what is in it. */
import type { Snapshot } from '../sim/snapshot.ts'
import type { RequestDraft } from './app-state.ts'

/** URLs to offer under the field: each application Service by name, then the doors from outside. */
export function urlsWorthATry(snapshot: Snapshot): readonly string[] {
  const services = snapshot.services.filter((service) => service.role === 'app').slice(0, 6)
  const names = services.map((service) => service.ref.name)
  return [
    ...names.map((name) => `http://${name}/`),
    ...names.slice(0, 1).flatMap((name) => [`ping ${name}`, `dig ${name}`]),
    ...snapshot.vips.map((vip) => `http://${vip.address}/`),
  ]
}

/** From outside through the cluster's address, with the Host of an Ingress where there is one; absent where there is no door. */
export function requestFromOutside(snapshot: Snapshot): Partial<RequestDraft> | undefined {
  const client = snapshot.vantages.find((vantage) => vantage.kind === 'outside')
  const vip = snapshot.vips[0]
  if (client === undefined || vip === undefined) return undefined
  const host = snapshot.ingresses.flatMap((ingress) => ingress.rules).find((rule) => rule.host !== '')?.host
  return {
    from: client.id,
    url: `http://${vip.address}/`,
    method: 'GET',
    headersText: host === undefined ? '' : `Host: ${host}`,
  }
}
