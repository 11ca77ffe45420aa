/** getent's command line, as far as names of hosts go (glibc nss/getent.c; Alpine's main/musl/getent.c). */
import type { NameQuestion } from '../../sim/dns/name-question.ts'
import { reverseName } from '../../sim/dns/domain-name.ts'
import { parseIp } from '../../sim/network/address.ts'

export type GetentDatabase = 'hosts' | 'ahosts' | 'ahostsv4' | 'ahostsv6'

/** The lookups of one key: the first that finds something ends it. */
export type ReadGetent =
  | {
      readonly kind: 'key'
      readonly database: GetentDatabase
      readonly key: string
      readonly questions: readonly NameQuestion[]
    }
  | { readonly kind: 'usage' }
  | { readonly kind: 'not-simulated' }

/**
 * `getent hosts NAME` asks AAAA over the whole search list first, then A (gethostbyname2); of an address its name. `ahosts` is
 * getaddrinfo, of one family with `v4` or `v6`.
 */
export function readGetentOptions(args: readonly string[]): ReadGetent {
  const [database, key, ...more] = args
  if (database === undefined) return { kind: 'usage' }
  if (
    !isDatabase(database) ||
    key === undefined ||
    more.length > 0 ||
    args.some((arg) => arg.startsWith('-'))
  )
    return { kind: 'not-simulated' }
  return { kind: 'key', database, key, questions: questionsOf(database, key) }
}

function questionsOf(database: GetentDatabase, key: string): readonly NameQuestion[] {
  const address = parseIp(key)
  switch (database) {
    case 'hosts':
      if (address !== undefined) return [{ name: reverseName(address), types: ['PTR'] }]
      return [
        { name: key, types: ['AAAA'] },
        { name: key, types: ['A'] },
      ]
    case 'ahosts':
      return [{ name: key }]
    case 'ahostsv4':
      return [{ name: key, types: ['A'] }]
    case 'ahostsv6':
      return [{ name: key, types: ['AAAA'] }]
  }
}

function isDatabase(word: string): word is GetentDatabase {
  return ['hosts', 'ahosts', 'ahostsv4', 'ahostsv6'].includes(word)
}
