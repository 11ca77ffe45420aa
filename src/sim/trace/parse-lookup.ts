/**
 * Lookups as a person types them into the request bar: the words of dig, nslookup, host and getent that say what is asked of whom. The
 * terminal reads their whole command lines.
 */
import { reverseName } from '../dns/domain-name.ts'
import type { RecordType } from '../dns/message.ts'
import type { NameQuestion } from '../dns/name-question.ts'
import { parseIp } from '../network/address.ts'

export interface LookupTarget {
  readonly kind: 'dns'
  readonly program: 'dig' | 'nslookup' | 'host' | 'getent'
  /** One after the other, until one finds something. */
  readonly questions: readonly NameQuestion[]
}

/** The lookup of a line that begins with one of these programs; `no-name`: it says nothing to look up. Undefined for any other line. */
export function parseLookup([verb, ...words]: readonly string[]): LookupTarget | 'no-name' | undefined {
  if (verb === 'dig') return digLookup(words)
  if (verb === 'nslookup' || verb === 'host') return plainLookup(verb, words)
  return verb === 'getent' ? getentLookup(words) : undefined
}

const recordTypes: readonly RecordType[] = ['A', 'AAAA', 'CNAME', 'SRV', 'PTR', 'TXT', 'SOA', 'NS', 'MX']

function typeOf(word: string | undefined): RecordType | undefined {
  return recordTypes.find((type) => type === word?.toUpperCase())
}

/** `dig [@SERVER] NAME [TYPE] [+search]`, `dig -x ADDRESS`. */
function digLookup(words: readonly string[]): LookupTarget | 'no-name' {
  const named = words.filter((word) => !/^[-+@]/.test(word))
  const reversed = words.includes('-x') ? parseIp(named[0] ?? '') : undefined
  const type = named.map(typeOf).find((each) => each !== undefined)
  const name =
    reversed === undefined ? named.find((word) => typeOf(word) === undefined) : reverseName(reversed)
  if (name === undefined) return 'no-name'
  const server = words.find((word) => word.startsWith('@'))?.slice(1)
  const types = [reversed === undefined ? (type ?? 'A') : 'PTR'] as const
  return lookup('dig', { name, types, search: words.includes('+search') }, server)
}

/** `nslookup [-type=T] NAME [SERVER]`, `host [-t T] NAME [SERVER]`. */
function plainLookup(program: 'nslookup' | 'host', words: readonly string[]): LookupTarget | 'no-name' {
  const at = words.indexOf('-t')
  const type = typeOf(
    at >= 0 ? words[at + 1] : words.find((word) => /^-(type|q\w*)=/.test(word))?.replace(/^.*=/, ''),
  )
  const [name, server] = words.filter((word, index) => !word.startsWith('-') && (at < 0 || index !== at + 1))
  if (name === undefined) return 'no-name'
  return lookup(program, { name, ...(type === undefined ? {} : { types: [type] }) }, server)
}

/** `getent hosts NAME` asks AAAA of all names first, then A; `getent ahosts NAME` both at once. */
function getentLookup([database, name]: readonly string[]): LookupTarget | 'no-name' {
  if (name === undefined) return 'no-name'
  const address = parseIp(name)
  if (address !== undefined)
    return { kind: 'dns', program: 'getent', questions: [{ name: reverseName(address), types: ['PTR'] }] }
  const both: readonly NameQuestion[] = [
    { name, types: ['AAAA'] },
    { name, types: ['A'] },
  ]
  return { kind: 'dns', program: 'getent', questions: database === 'hosts' ? both : [{ name }] }
}

function lookup(
  program: LookupTarget['program'],
  question: NameQuestion,
  server: string | undefined,
): LookupTarget {
  return { kind: 'dns', program, questions: [{ ...question, ...(server === undefined ? {} : { server }) }] }
}
