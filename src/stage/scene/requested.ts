/** What a request that was not sent yet is about, as far as a picture needs it. The simulator alone knows where it goes. */
import type { Snapshot, ServiceView, VantageView } from '../../sim/snapshot.ts'

/** The part of the request bar that the picture at rest looks at. */
export interface StageRequest {
  readonly from: string
  readonly url: string
}

/** Where the request starts; undefined for a vantage that is gone. */
export function vantageOf(snapshot: Snapshot, request: StageRequest): VantageView | undefined {
  return snapshot.vantages.find(({ id }) => id === request.from)
}

/** The Service that the URL's host names, by short name, by name and namespace, or by its address. */
export function requestedService(snapshot: Snapshot, request: StageRequest): ServiceView | undefined {
  const host = hostOf(request.url)
  const [name, namespace = vantageOf(snapshot, request)?.namespace ?? 'default'] = host.split('.')
  return snapshot.services.find(
    ({ ref, clusterIp }) =>
      (clusterIp !== '' && clusterIp === host) || (ref.name === name && ref.namespace === namespace),
  )
}

/** The host of what may be typed: `http://host:port/path`, `ping host`, `dig name`. `''` where there is none. */
function hostOf(url: string): string {
  return /^\s*(?:[a-z]+:\/\/|(?:ping|dig)\s+)?([^/:?#\s]+)/i.exec(url)?.[1] ?? ''
}
