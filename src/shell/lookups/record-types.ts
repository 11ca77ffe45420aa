/** Record types as command lines name them. */
import type { RecordType } from '../../sim/dns/message.ts'

const recordTypes: readonly RecordType[] = [
  'A',
  'AAAA',
  'CNAME',
  'SRV',
  'PTR',
  'TXT',
  'SOA',
  'NS',
  'MX',
  'HINFO',
  'AXFR',
]

/** The type of a word, in capitals or not; `undefined`: none that is simulated. */
export function recordTypeOf(word: string): RecordType | undefined {
  return recordTypes.find((type) => type === word.toUpperCase())
}
