/** One rule out of nft's words: statements one after another, to the end of the line. */
import { parseIp } from '../network/address.ts'
import type { NftWords } from './nft-words.ts'
import type { NftField, NftRule, NftStatement, NftVerdict } from './nft-ruleset.ts'

/** Reads to the end of the line. From the first word without a meaning here, the rest is kept as text. */
export function readNftRule(words: NftWords): NftRule {
  const statements: NftStatement[] = []
  while (words.peek() !== '\n' && !words.isAtEnd()) {
    if (words.skip('comment')) {
      const comment = words.quoted()
      return { statements, comment }
    }
    const mark = words.mark()
    const statement = readStatement(words)
    if (statement !== undefined) statements.push(statement)
    else {
      words.backTo(mark)
      statements.push({ kind: 'unknown', text: restOfLine(words) })
    }
  }
  return { statements }
}

/** `accept`, `goto CHAIN`; undefined, and nothing read that counts, for anything else. */
export function readNftVerdict(words: NftWords): NftVerdict | undefined {
  const word = words.next()
  switch (word) {
    case 'accept':
    case 'drop':
    case 'return':
      return { kind: word }
    case 'jump':
    case 'goto':
      return { kind: word, chain: words.next() }
    default:
      return undefined
  }
}

function restOfLine(words: NftWords): string {
  const rest: string[] = []
  while (words.peek() !== '\n' && !words.isAtEnd()) rest.push(words.next())
  return rest.join(' ').replaceAll(' ,', ',')
}

function readStatement(words: NftWords): NftStatement | undefined {
  const first = words.peek()
  switch (first) {
    case 'accept':
    case 'drop':
    case 'return':
    case 'jump':
    case 'goto': {
      const verdict = readNftVerdict(words)
      return verdict && { kind: 'verdict', verdict }
    }
    case 'reject':
      words.next()
      return words.peek() === 'with' ? undefined : { kind: 'reject' }
    case 'masquerade':
      words.next()
      return { kind: 'masquerade', fullyRandom: words.skip('fully-random') }
    case 'dnat':
      return readDnat(words)
    case 'update':
      return readUpdate(words)
    case 'numgen':
      return readNumgen(words)
    case 'counter':
      return readCounter(words)
    case 'mark':
      return readMark(words)
    default:
      if (first === 'meta') {
        const mark = words.mark()
        words.next()
        if (words.peek() === 'mark') return readMark(words)
        words.backTo(mark)
      }
      return readFields(words)
  }
}

/** `dnat to 10.0.0.1:80`, `dnat to [fd00::1]:80` */
function readDnat(words: NftWords): NftStatement | undefined {
  words.next()
  if (!words.skip('to')) return undefined
  const [, text = '', port] = /^\[?([^\]]*?)\]?:(\d+)$/.exec(words.next()) ?? []
  const address = parseIp(text)
  return address && { kind: 'dnat', address, port: Number(port) }
}

function readUpdate(words: NftWords): NftStatement | undefined {
  words.next()
  const set = words.next()
  if (!words.skip('{')) return undefined
  const field = readField(words)
  return field && words.skip('}') ? { kind: 'update', set: set.replace(/^@/, ''), field } : undefined
}

/** `numgen random mod N vmap { 0 : …, 1 : … }`, every number from 0 in its turn. */
function readNumgen(words: NftWords): NftStatement | undefined {
  const head = [words.next(), words.next(), words.next()].join(' ')
  const modulus = Number(words.next())
  if (head !== 'numgen random mod' || !words.skip('vmap') || !words.skip('{')) return undefined
  const verdicts: NftVerdict[] = []
  while (!words.skip('}')) {
    if (words.skip(',')) continue
    if (words.next() !== String(verdicts.length) || !words.skip(':')) return undefined
    const verdict = readNftVerdict(words)
    if (verdict === undefined) return undefined
    verdicts.push(verdict)
  }
  return verdicts.length === modulus ? { kind: 'numgen', verdicts } : undefined
}

function readCounter(words: NftWords): NftStatement | undefined {
  words.next()
  if (!words.skip('packets')) return { kind: 'counter', packets: 0, bytes: 0 }
  const packets = Number(words.next())
  return words.skip('bytes') ? { kind: 'counter', packets, bytes: Number(words.next()) } : undefined
}

/** `mark set mark or 0x4000`, `mark and 0x4000 == 0`, and as nft lists them. `meta` has been read. */
function readMark(words: NftWords): NftStatement | undefined {
  words.next()
  if (words.skip('set')) {
    words.skip('meta')
    if (!words.skip('mark')) return undefined
    const operation = operations[words.next()]
    const value = Number(words.next())
    return operation && !Number.isNaN(value) ? { kind: 'set-mark', operation, value } : undefined
  }
  if (!words.skip('and', '&')) return undefined
  const mask = Number(words.next())
  return words.skip('==') && Number(words.next()) === 0 ? { kind: 'mark-unset', mask } : undefined
}

const operations: Readonly<Record<string, 'or' | 'xor'>> = { or: 'or', '|': 'or', xor: 'xor', '^': 'xor' }

/** A match, a question to a set, or a look-up into a map. */
function readFields(words: NftWords): NftStatement | undefined {
  const first = readField(words)
  if (first === undefined) return undefined
  const key = [first]
  while (words.skip('.')) {
    const field = readField(words)
    if (field === undefined) return undefined
    key.push(field)
  }
  if (words.skip('vmap')) {
    const map = words.next()
    return map.startsWith('@') ? { kind: 'look-up', key, map: map.slice(1) } : undefined
  }
  return key.length === 1 ? readMatch(words, first) : undefined
}

function readMatch(words: NftWords, field: NftField): NftStatement | undefined {
  const negated = words.skip('!=') ? { negated: true } : {}
  if (words.peek().startsWith('@'))
    return 'negated' in negated ? undefined : { kind: 'in-set', field, set: words.next().slice(1) }
  const listed = words.skip('{')
  const values = [words.quoted()]
  while (words.skip(',')) values.push(words.quoted())
  if (listed && !words.skip('}')) return undefined
  if (!values.every((value) => fits(field, value))) return undefined
  // Only a list of one has to be told from a bare value.
  return { kind: 'match', field, ...negated, values, ...(listed && { listed: true }) }
}

/** Ranges of addresses and ports by their ends are not modelled. */
function fits(field: NftField, value: string): boolean {
  switch (field) {
    case 'th dport':
    case 'tcp dport':
    case 'udp dport':
      return /^\d+$/.test(value)
    case 'ip saddr':
    case 'ip daddr':
    case 'ip6 saddr':
    case 'ip6 daddr':
      return parseIp(value.replace(/\/\d+$/, '')) !== undefined
    case 'meta l4proto':
    case 'ct state':
    case 'fib saddr type':
    case 'fib daddr type':
    case 'iifname':
      return /^[\w.*-]+$/.test(value)
  }
}

const fields: readonly NftField[] = [
  'ip saddr',
  'ip daddr',
  'ip6 saddr',
  'ip6 daddr',
  'meta l4proto',
  'th dport',
  'tcp dport',
  'udp dport',
  'ct state',
  'fib saddr type',
  'fib daddr type',
  'iifname',
]

/** Reads a field's words; undefined where they name none. */
function readField(words: NftWords): NftField | undefined {
  const mark = words.mark()
  for (const field of fields) {
    words.backTo(mark)
    if (field.split(' ').every((word) => words.skip(word))) return field
  }
  words.backTo(mark)
  return undefined
}
