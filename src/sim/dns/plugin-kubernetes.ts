/**
 * The kubernetes plugin: a query in its zones → a reply (CoreDNS 1.14.7 plugin/kubernetes/handler.go, ns.go; plugin/backend_lookup.go).
 * Wildcards are ordinary labels, as since 1.9.0.
 */
import type { Origin } from '../cluster/object-ref.ts'
import { ipVersion } from '../network/address.ts'
import type { IpAddress } from '../network/address.ts'
import {
  absoluteName,
  addressOfReverse,
  isInZone,
  isReverseName,
  joinNames,
  labelsOf,
  sameName,
} from './domain-name.ts'
import type { KubernetesIndex } from './kubernetes-index.ts'
import { readName } from './kubernetes-name.ts'
import type { NameFinding, NameReading } from './kubernetes-name.ts'
import { findRecords, reverseNames } from './kubernetes-records.ts'
import type { RecordSource } from './kubernetes-records.ts'
import { nameServersOf } from './kubernetes-name-servers.ts'
import type { RecordType, ResourceRecord } from './message.ts'
import type { KubernetesConfig } from './plugin-config.ts'

/** What the plugin needs beside its configuration. */
export interface KubernetesBackend {
  readonly index: KubernetesIndex
  /** The address of the CoreDNS Pod that answers. */
  readonly podIp?: IpAddress
  /** Asks this very server from the start, for the target of an ExternalName; undefined: no reply. */
  readonly lookup: (name: string, type: RecordType) => readonly ResourceRecord[] | undefined
}

/** Sections of the reply, how the name was read, and where the records come from. `exists` false: NXDOMAIN. */
export interface KubernetesResult {
  readonly exists: boolean
  readonly reading: NameReading
  readonly answer: readonly ResourceRecord[]
  readonly additional: readonly ResourceRecord[]
  readonly because: readonly Origin[]
}

/** The plugin's zone that holds the name, the longest one, in the letters of the question; undefined: none. */
export function zoneOf(name: string, zones: readonly string[]): string | undefined {
  const fitting = zones.filter((zone) => isInZone(name, zone)).toSorted((a, b) => b.length - a.length)[0]
  if (fitting === undefined || fitting === '.') return fitting
  return absoluteName(name).slice(-fitting.length)
}

/** The SOA record of a zone, which NXDOMAIN and NODATA carry in their authority section. */
export function soaRecord(zone: string, config: KubernetesConfig, serial: number): ResourceRecord {
  const { ttlSeconds } = config
  const data = `${joinNames('ns.dns', zone)} ${joinNames('hostmaster', zone)} ${serial} 7200 1800 86400 ${ttlSeconds}`
  return { name: zone, ttlSeconds: Math.min(300, ttlSeconds), type: 'SOA', data }
}

/** Looks a question up. Nothing is cached, and NXDOMAIN does not fall through here: the chain decides that. */
export function lookUpKubernetes(
  config: KubernetesConfig,
  backend: KubernetesBackend,
  question: { readonly name: string; readonly type: RecordType },
  zone: string,
): KubernetesResult {
  const { name, type } = question
  const { parts, labels } = readName(name, zone)
  const ttl = config.ttlSeconds
  const special = (finding: NameFinding, records: Partial<KubernetesResult>): KubernetesResult => ({
    exists: true,
    answer: [],
    additional: [],
    because: [],
    ...records,
    reading: { labels, finding },
  })
  const isApex = sameName(name, zone)
  if (isApex && type === 'SOA')
    return special({ kind: 'root' }, { answer: [soaRecord(zone, config, backend.index.serial)] })
  if (isApex && type === 'NS') return special({ kind: 'name-server' }, nameServersOf(config, backend, zone))
  if (sameName(name, joinNames('ns.dns', zone)) && (type === 'A' || type === 'AAAA')) {
    const { additional, because } = nameServersOf(config, backend, zone)
    const own = additional.filter((record) => record.type === type).map((record) => ({ ...record, name }))
    return special({ kind: 'name-server' }, { answer: own, because })
  }
  if (type === 'TXT' && sameName(name, joinNames('dns-version', zone)))
    return special({ kind: 'dns-version' }, { answer: [{ name, ttlSeconds: 28800, type, data: '"1.1.0"' }] })
  const address = type === 'PTR' ? addressOfReverse(name) : undefined
  if (address !== undefined) {
    const owners = reverseNames(backend.index, config, address)
    const answer = owners.map((owner) => ({ name, ttlSeconds: ttl, type, data: owner.name }))
    const because = owners.map((owner) => owner.because)
    return {
      ...special({ kind: 'reverse', address, owners: owners.length }, { answer, because }),
      exists: owners.length > 0,
    }
  }
  const found = findRecords(backend.index, config, parts, zone)
  // Below a reverse zone only complete reverse names and the zone itself exist.
  const exists = found.exists && (!isReverseName(name) || labelsOf(name).length === labelsOf(zone).length)
  const sources = exists ? found.sources : []
  const sections = sectionsOf({ config, backend, zone, previous: [] }, name, type, sources)
  const because = sections.answer.length > 0 ? uniqueOrigins(sources) : []
  return { exists, reading: { labels, finding: found.finding }, ...sections, because }
}

interface Walk {
  readonly config: KubernetesConfig
  readonly backend: KubernetesBackend
  readonly zone: string
  /** The CNAMEs that led here. */
  readonly previous: readonly ResourceRecord[]
}

interface Sections {
  readonly answer: readonly ResourceRecord[]
  readonly additional: readonly ResourceRecord[]
}

function sectionsOf(walk: Walk, name: string, type: RecordType, sources: readonly RecordSource[]): Sections {
  switch (type) {
    case 'A':
    case 'AAAA':
      return { answer: addressAnswer(walk, name, type, sources), additional: [] }
    case 'CNAME': {
      const target = sources[0] === undefined ? undefined : targetOf(sources[0])
      return { answer: target === undefined ? [] : [cname(walk, name, target)], additional: [] }
    }
    case 'SRV':
      return serviceRecords(walk, name, sources)
    case 'AXFR':
    case 'HINFO':
    case 'MX':
    case 'NS':
    case 'PTR':
    case 'SOA':
    case 'TXT':
      return { answer: [], additional: [] }
  }
}

function addressAnswer(
  walk: Walk,
  name: string,
  type: 'A' | 'AAAA',
  sources: readonly RecordSource[],
): readonly ResourceRecord[] {
  const ttlSeconds = walk.config.ttlSeconds
  const addresses = new Set(sources.flatMap(addressOf).filter((address) => familyOf(address) === type))
  const own = [...addresses].map((data): ResourceRecord => ({ name, ttlSeconds, type, data }))
  return [...own, ...sources.flatMap((source) => followTarget(walk, name, type, targetOf(source)))]
}

/** The CNAME of an ExternalName and what its target gives: inside the zone from here, elsewhere by a lookup from the start. */
function followTarget(
  walk: Walk,
  name: string,
  type: 'A' | 'AAAA',
  target: string | undefined,
): readonly ResourceRecord[] {
  if (target === undefined || sameName(name, target) || walk.previous.length > 7) return []
  const record = cname(walk, name, target)
  if (walk.previous.some((before) => sameName(before.name, name) && sameName(before.data, target))) return []
  if (!isInZone(target, walk.zone)) return [record, ...(walk.backend.lookup(target, type) ?? [])]
  const { parts } = readName(target, walk.zone)
  const found = findRecords(walk.backend.index, walk.config, parts, walk.zone)
  const deeper = { ...walk, previous: [...walk.previous, record] }
  const answer = addressAnswer(deeper, target, type, found.sources)
  return answer.length === 0 ? [] : [record, ...answer]
}

function cname(walk: Walk, name: string, target: string): ResourceRecord {
  return { name, ttlSeconds: walk.config.ttlSeconds, type: 'CNAME', data: target }
}

/** SRV records; every (address × port) counts in the weight, before duplicates go. */
function serviceRecords(walk: Walk, name: string, sources: readonly RecordSource[]): Sections {
  const ttlSeconds = walk.config.ttlSeconds
  const inside = sources.filter((source) => addressOf(source).length > 0)
  const weight = Math.max(1, Math.floor((100 / (100 * inside.length)) * 100))
  const served = inside.filter((source) => source.port !== -1)
  const data = new Set(served.map((source) => `0 ${weight} ${source.port} ${source.ownName}`))
  const answer = [...data].map((each): ResourceRecord => ({ name, ttlSeconds, type: 'SRV', data: each }))
  const glue = new Map<string, ResourceRecord>()
  for (const source of served) {
    for (const address of addressOf(source))
      glue.set(`${source.ownName} ${address}`, {
        name: source.ownName,
        ttlSeconds,
        type: familyOf(address),
        data: address,
      })
  }
  return { answer, additional: [...glue.values()] }
}

function addressOf(source: RecordSource): readonly IpAddress[] {
  return typeof source.host === 'string' ? [source.host] : []
}

function targetOf(source: RecordSource): string | undefined {
  return typeof source.host === 'string' ? undefined : source.host.target
}

function familyOf(address: IpAddress): 'A' | 'AAAA' {
  return ipVersion(address) === 4 ? 'A' : 'AAAA'
}

function uniqueOrigins(sources: readonly RecordSource[]): readonly Origin[] {
  return [...new Map(sources.map(({ because }) => [JSON.stringify(because), because])).values()]
}
