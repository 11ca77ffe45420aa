/** A server block's key and a plugin's zones: `.:53`, `cluster.local`, `10.0.0.0/24` (CoreDNS plugin/normalize.go). */
import { ipValue, ipVersion, networkAddress, parseCidr, prefixBits } from '../network/address.ts'
import { absoluteName, nameFlaw, reverseName } from './domain-name.ts'

/** Zones are absolute and in lower case; several for a range that does not end at a label. */
export interface ZoneKey {
  readonly scheme: 'dns' | 'tls' | 'https' | 'https3' | 'grpc' | 'quic'
  readonly zones: readonly string[]
  readonly port: number
}

const defaultPorts = { dns: 53, tls: 853, https: 443, https3: 443, grpc: 443, quic: 853 } as const

/** Reads a key, or gives undefined where it is none. */
export function parseZoneKey(text: string): ZoneKey | undefined {
  const [, schemeText = 'dns', rest = ''] = /^(?:([a-z0-9]+):\/\/)?(.*)$/.exec(text) ?? []
  const scheme = (Object.keys(defaultPorts) as (keyof typeof defaultPorts)[]).find(
    (each) => each === schemeText,
  )
  if (scheme === undefined) return undefined
  const ported = /^(.*):(\d+)$/.exec(rest)
  const isRange = parseCidr(rest) !== undefined
  const host = isRange || ported === null ? rest : (ported[1] ?? '')
  const port = isRange || ported === null ? defaultPorts[scheme] : Number(ported[2])
  const zones = parseZones(host)
  return zones.length === 0 || port > 65535 ? undefined : { scheme, zones, port }
}

/** The zones that a name or a range stands for; none where it is neither. */
export function parseZones(text: string): readonly string[] {
  const range = parseCidr(text)
  if (range === undefined) {
    const zone = absoluteName(text === '' ? '.' : text).toLowerCase()
    return nameFlaw(zone) === undefined ? [zone] : []
  }
  const labelBits = ipVersion(range) === 4 ? 8 : 4
  const labels = Math.ceil(prefixBits(range) / labelBits)
  const spare = labels * labelBits - prefixBits(range)
  const whole = reverseName(networkAddress(range)).split('.')
  const total = ipVersion(range) === 4 ? 4 : 32
  const suffix = whole.slice(total - labels)
  // A range that ends inside a label is one zone for each value of that label.
  const first = Number(labelValue(ipValue(networkAddress(range)), total - labels, labelBits))
  return Array.from({ length: 2 ** spare }, (_, step) => {
    const label = labels === 0 ? [] : [(first + step).toString(labelBits === 8 ? 10 : 16), ...suffix.slice(1)]
    return labels === 0 ? whole.slice(total).join('.') : label.join('.')
  })
}

function labelValue(value: bigint, labelsBelow: number, labelBits: number): bigint {
  return (value >> BigInt(labelsBelow * labelBits)) & ((1n << BigInt(labelBits)) - 1n)
}
