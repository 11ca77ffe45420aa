/** What pressing Send will do, told from the cluster at rest: a sentence for who has not pressed it yet. No result is foretold. */
import type { Snapshot, ServiceView } from '../sim/snapshot.ts'
import type { TextId } from '../i18n/en/catalogue.ts'
import type { RequestDraft } from './app-state.ts'

export interface Foretold {
  readonly id: TextId
  readonly values: Readonly<Record<string, string | number>>
}

/** The sentence. `foretell.service` where the URL names a Service as the client's search list would find it. */
export function foretell(snapshot: Snapshot, request: RequestDraft): Foretold {
  const host = hostOf(request.url)
  if (host === '') return { id: 'foretell.empty', values: {} }
  if (/^[\d.]+$|:/.test(host)) return { id: 'foretell.address', values: { host } }
  const service = serviceNamed(snapshot, host, namespaceOf(snapshot, request.from))
  if (service === undefined) return { id: 'foretell.name', values: { host } }
  const endpoints = service.ports[0]?.rows.length ?? 0
  if (service.headless) return { id: 'foretell.headless', values: { host } }
  return endpoints === 0
    ? { id: 'foretell.nobody', values: { host } }
    : { id: 'foretell.service', values: { count: endpoints } }
}

/** The host part of what stands in the URL field; `''` where there is none. */
export function hostOf(url: string): string {
  const bare = url
    .trim()
    .replace(/^(ping|dig|host|nslookup)\s+/i, '')
    .replace(/^[a-z]+:\/\//i, '')
  const authority = bare.split(/[/?#\s]/)[0] ?? ''
  return authority.startsWith('[') ? (authority.slice(1).split(']')[0] ?? '') : authority.replace(/:\d*$/, '')
}

function serviceNamed(snapshot: Snapshot, host: string, namespace: string): ServiceView | undefined {
  const [name, inNamespace = namespace] = host.split('.')
  return snapshot.services.find((view) => view.ref.name === name && view.ref.namespace === inNamespace)
}

function namespaceOf(snapshot: Snapshot, from: string): string {
  return snapshot.vantages.find((vantage) => vantage.id === from)?.namespace ?? ''
}
