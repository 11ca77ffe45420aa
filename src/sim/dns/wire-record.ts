/** A resource record as the library for the wire format has it, and back. */
import type { Answer } from '@leichtgewicht/dns-packet'
import { parseIp } from '../network/address.ts'
import { characterStrings, printCharacterStrings } from './character-strings.ts'
import { absoluteName } from './domain-name.ts'
import type { ResourceRecord } from './message.ts'

/** The record for the encoder. */
export function toWireRecord({ name, ttlSeconds: ttl, type, data }: ResourceRecord): Answer {
  const words = data.split(' ')
  const [first = '', second = '', third = '', fourth = ''] = words
  switch (type) {
    case 'A':
    case 'AAAA':
    case 'CNAME':
    case 'NS':
    case 'PTR':
      return { name, ttl, type, data }
    case 'SRV': {
      const [priority, weight, port] = [Number(first), Number(second), Number(third)]
      return { name, ttl, type, data: { priority, weight, port, target: fourth } }
    }
    case 'MX':
      return { name, ttl, type, data: { preference: Number(first), exchange: second } }
    case 'SOA': {
      const [serial, refresh, retry, expire, minimum] = words.slice(2).map(Number)
      return {
        name,
        ttl,
        type,
        data: { mname: first, rname: second, serial, refresh, retry, expire, minimum },
      }
    }
    case 'TXT':
      return { name, ttl, type, data: [...characterStrings(data)] }
    case 'HINFO': {
      const [cpu = '', os = ''] = characterStrings(data)
      return { name, ttl, type, data: { cpu, os } }
    }
    case 'AXFR':
      throw new Error('AXFR is a question and no record')
  }
}

/** A record as the decoder gives it; undefined for a type that is not simulated. */
export function fromWireRecord(record: Answer): ResourceRecord | undefined {
  const read = typeAndData(record)
  if (read === undefined) return undefined
  return { name: absoluteName(record.name), ttlSeconds: 'ttl' in record ? (record.ttl ?? 0) : 0, ...read }
}

function typeAndData(record: Answer): Pick<ResourceRecord, 'type' | 'data'> | undefined {
  if (record.type === 'A' || record.type === 'AAAA')
    return { type: record.type, data: parseIp(record.data) ?? record.data }
  if (record.type === 'CNAME' || record.type === 'NS' || record.type === 'PTR')
    return { type: record.type, data: absoluteName(record.data) }
  if (record.type === 'SRV') {
    const { priority = 0, weight = 0, port = 0, target } = record.data
    return { type: 'SRV', data: [priority, weight, port, absoluteName(target)].join(' ') }
  }
  if (record.type === 'MX') {
    const { preference = 0, exchange } = record.data
    return { type: 'MX', data: `${preference} ${absoluteName(exchange)}` }
  }
  if (record.type === 'SOA') {
    const { mname, rname, serial = 0, refresh = 0, retry = 0, expire = 0, minimum = 0 } = record.data
    const names = [absoluteName(mname), absoluteName(rname)]
    return { type: 'SOA', data: [...names, serial, refresh, retry, expire, minimum].join(' ') }
  }
  if (record.type === 'TXT') {
    const strings = Array.isArray(record.data) ? record.data : [record.data]
    return { type: 'TXT', data: printCharacterStrings(strings.map(textOf)) }
  }
  if (record.type === 'HINFO')
    return { type: 'HINFO', data: printCharacterStrings([record.data.cpu, record.data.os]) }
  return undefined
}

/** The decoder leaves a TXT record's strings as octets; the language's own reader of UTF-8 is that of URIs, and throws at what is none. */
function textOf(text: string | Uint8Array): string {
  if (typeof text === 'string') return text
  try {
    return decodeURIComponent([...text].map((each) => `%${each.toString(16).padStart(2, '0')}`).join(''))
  } catch {
    return String.fromCharCode(...text)
  }
}
