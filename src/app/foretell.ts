/** What pressing Send will do, told from the cluster at rest: a sentence for who has not pressed it yet. No result is foretold. */
import type { Snapshot, ServiceView } from '../sim/snapshot.ts'
import type { TextId } from '../i18n/en/catalogue.ts'
import type { RequestDraft } from './app-state.ts'

export interface Foretold {
  readonly id: TextId
  readonly values: Readonly<Record<string, string | number>>
}

/** The sentence. `foretell.service`, in IPVS mode `foretell.scheduled`, where the URL names a port of a Service as a Pod's search list would find it. */
export function foretell(snapshot: Snapshot, request: RequestDraft): Foretold {
  const host = hostOf(request.url)
  if (host === '') return { id: 'foretell.empty', values: {} }
  if (/^[\d.]+$|:/.test(host)) return { id: 'foretell.address', values: { host } }
  if (isOutside(snapshot, request.from)) {
    const id = isPublic(snapshot, host) ? 'foretell.outside' : 'foretell.name'
    return { id, values: { host } }
  }
  const service = serviceNamed(snapshot, host, namespaceOf(snapshot, request.from))
  if (service === undefined) return { id: 'foretell.name', values: { host } }
  if (service.headless) return { id: 'foretell.headless', values: { host } }
  const asked = portOf(request.url)
  const port = service.ports.find((each) => each.port === asked?.port && each.protocol === asked.protocol)
  if (port === undefined) return { id: 'foretell.name', values: { host } }
  return port.rows.length === 0
    ? { id: 'foretell.nobody', values: { host } }
    : {
        id: port.rows.some(({ chosenBy }) => chosenBy === 'scheduler')
          ? 'foretell.scheduled'
          : 'foretell.service',
        values: { count: port.rows.length },
      }
}

const protocols: Readonly<Record<string, 'UDP' | 'SCTP'>> = { udp: 'UDP', sctp: 'SCTP' }

/** The port that a connection would go to; undefined where none is made, as for `ping` and lookups. */
function portOf(
  url: string,
): { readonly protocol: 'TCP' | 'UDP' | 'SCTP'; readonly port: number } | undefined {
  if (/^\s*(ping|dig|host|nslookup|getent)\s/i.test(url)) return undefined
  const [, scheme = 'http', authority = ''] = /^\s*(?:([a-z]+):\/\/)?([^/?#\s]*)/i.exec(url) ?? []
  const written = /:(\d+)$/.exec(authority)?.[1]
  const standard = scheme.toLowerCase() === 'https' ? 443 : 80
  return {
    protocol: protocols[scheme.toLowerCase()] ?? 'TCP',
    port: written === undefined ? standard : Number(written),
  }
}

/** The host part of what stands in the URL field; `''` where there is none. */
export function hostOf(url: string): string {
  const bare = url
    .trim()
    // Options, dig's server and getent's database stand before the name.
    .replace(/^(ping|dig|host|nslookup|getent\s+\w+)\s+([-+@]\S+\s+)*/i, '')
    .replace(/^[a-z]+:\/\//i, '')
  const authority = bare.split(/[/?#\s]/)[0] ?? ''
  return authority.startsWith('[') ? (authority.slice(1).split(']')[0] ?? '') : authority.replace(/:\d*$/, '')
}

/** A node and a client outside do not ask the cluster's name server. */
function serviceNamed(
  snapshot: Snapshot,
  host: string,
  namespace: string | undefined,
): ServiceView | undefined {
  if (namespace === undefined) return undefined
  const [name, inNamespace = namespace] = host.split('.')
  return snapshot.services.find((view) => view.ref.name === name && view.ref.namespace === inNamespace)
}

function isOutside({ vantages }: Snapshot, from: string): boolean {
  return vantages.some(({ id, kind }) => id === from && kind === 'outside')
}

/** A name of a DNSEndpoint, or one that a wildcard of theirs may cover. */
function isPublic({ outsideNames }: Snapshot, host: string): boolean {
  return outsideNames.some(({ name }) =>
    name.startsWith('*.') ? host.toLowerCase().endsWith(name.slice(1)) : name === host.toLowerCase(),
  )
}

function namespaceOf(snapshot: Snapshot, from: string): string | undefined {
  return snapshot.vantages.find((vantage) => vantage.id === from && vantage.kind === 'pod')?.namespace
}
