/** What getent prints of a lookup (glibc 2.36 nss/getent.c, print_hosts and ahosts_keys; Alpine's main/musl/getent.c on musl). */
import type { NameTalk } from '../../sim/dns/name-question.ts'
import type { Outcome } from '../../sim/dns/resolver-step.ts'
import { parseIp } from '../../sim/network/address.ts'
import type { GetentDatabase } from './getent-options.ts'
import { bareName, type Printed } from './printed.ts'

/** A key that was looked up, and /etc/hosts, whose entries bring aliases of their own. */
export interface GetentKey {
  readonly database: GetentDatabase
  readonly key: string
  readonly library: 'glibc' | 'musl'
  readonly hostsFile: string
}

/** Exit code 2 where the key was not found; nothing is printed then. */
export function printGetent(wanted: GetentKey, talks: readonly NameTalk[]): Printed {
  const lines = talks.flatMap((talk) => linesOf(wanted, talk))
  return { stdout: lines.map((line) => `${line}\n`).join(''), stderr: '', exitCode: lines.length > 0 ? 0 : 2 }
}

function linesOf(wanted: GetentKey, talk: NameTalk): readonly string[] {
  const { outcome } = talk.resolution
  if (outcome.kind === 'failed') return []
  if (outcome.kind === 'reply') {
    const names = outcome.message.answer
      .filter(({ type }) => type === 'PTR')
      .map(({ data }) => bareName(data))
    return names.length === 0 ? [] : [`${wanted.key.padEnd(15)} ${names.join(' ')}`]
  }
  const names = namesOf(wanted, talk, outcome)
  return wanted.database === 'hosts'
    ? hostsLines(wanted, outcome.addresses, names)
    : ahostsLines(wanted, outcome.addresses, names)
}

/** The canonical name, and those that led to it: an entry of /etc/hosts, or a chain of CNAMEs. */
interface Names {
  readonly canonical: string
  readonly aliases: readonly string[]
}

/** Of /etc/hosts: the first line with the first address and the name, or with the address that was looked up. */
function namesOf(
  { hostsFile, key }: GetentKey,
  talk: NameTalk,
  { name: found, addresses: [first], records }: Extract<Outcome, { kind: 'found' }>,
): Names {
  if (talk.asked.length === 0) {
    const entry = hostsFile
      .split('\n')
      .map((line) => line.replace(/#.*/, '').trim().split(/\s+/))
      .filter(([address = '']) => parseIp(address) === first)
      .map((words) => words.slice(1))
      .find(
        (names) => parseIp(key) === first || names.some((name) => name.toLowerCase() === key.toLowerCase()),
      )
    return { canonical: entry?.[0] ?? found, aliases: entry?.slice(1) ?? [] }
  }
  // A and AAAA may lead to different names: that of the first counts.
  const chain = talk.asked.flatMap(({ query, reply }) =>
    reply.kind === 'reply' && query.question.type === records[0]?.type
      ? reply.message.answer.filter(({ type }) => type === 'CNAME')
      : [],
  )
  let canonical = found
  const aliases: string[] = []
  for (let link = chain.find(({ name }) => name === canonical); link !== undefined;) {
    aliases.push(bareName(canonical))
    canonical = link.data
    link = chain.find(({ name }) => name === canonical)
  }
  return { canonical: bareName(canonical), aliases }
}

function hostsLines(
  { library, key }: GetentKey,
  addresses: readonly string[],
  { canonical, aliases }: Names,
): readonly string[] {
  if (library === 'glibc')
    return addresses.map((address) => [address.padEnd(15), canonical, ...aliases].join(' '))
  // musl's hostent has the canonical name among its aliases, and then the name as asked; one address is printed.
  const more = canonical === key ? [canonical] : [canonical, key]
  return addresses.slice(0, 1).map((address) => `${address.padEnd(16)}  ${canonical}  ${more.join(' ')}`)
}

/** A line a socket type: three of glibc, of which only the very first has the canonical name; two of musl, which has it on every one. */
function ahostsLines(
  { library }: GetentKey,
  addresses: readonly string[],
  { canonical }: Names,
): readonly string[] {
  const types = library === 'glibc' ? ['STREAM', 'DGRAM', 'RAW'] : ['STREAM', 'DGRAM']
  return addresses.flatMap((address, place) =>
    types.map((type, index) => {
      const isNamed = library === 'musl' || (place === 0 && index === 0)
      return `${address.padEnd(15)} ${type.padEnd(6)} ${isNamed ? canonical : ''}`
    }),
  )
}
