/** ipsets as `ipset list` and `ipset save` print them (ipset 7.17 of Debian 12; lib/session.c, list_create and list_add; lib/ipset_{hash,bitmap}_*.c). */
import type { Ruleset } from './ruleset.ts'
import type { IpSet, IpSets, IpSetType } from './ip-sets.ts'

/**
 * The named set, or all in the order of their making, an empty line between them.
 * The kernel's own numbers are not known here: `bucketsize` and `initval` are left out, as revisions 5 and lower print no such words, and
 * `Size in memory` and `References` are counted, not measured.
 * @param ruleset whose rules are counted as references
 * @returns undefined where there is no such set
 */
export function printIpsets(sets: IpSets, ruleset: Ruleset, only?: string): string | undefined {
  if (only !== undefined && !Object.hasOwn(sets, only)) return undefined
  return Object.entries(sets)
    .filter(([name]) => only === undefined || name === only)
    .map(([name, set]) => printSet(name, set, referencesTo(ruleset, name)))
    .join('\n')
}

/**
 * The named set, or all, as commands that `ipset restore` takes (ipset 7.17, lib/session.c, list_create and list_add with IPSET_LIST_SAVE).
 * @returns undefined where there is no such set
 */
export function printIpsetSave(sets: IpSets, only?: string): string | undefined {
  if (only !== undefined && !Object.hasOwn(sets, only)) return undefined
  return Object.entries(sets)
    .filter(([name]) => only === undefined || name === only)
    .flatMap(([name, set]) => [
      `create ${name} ${set.type} ${header(set)}\n`,
      ...set.entries.map((entry) => `add ${name} ${entry}\n`),
    ])
    .join('')
}

function printSet(name: string, set: IpSet, references: number): string {
  return [
    `Name: ${name}`,
    `Type: ${set.type}`,
    `Revision: ${revisions[set.type]}`,
    `Header: ${header(set)}`,
    `Size in memory: ${sizeOf(set)}`,
    `References: ${references}`,
    `Number of entries: ${set.entries.length}`,
    'Members:',
    ...set.entries,
  ]
    .map((line) => `${line}\n`)
    .join('')
}

/** The revisions of Linux 5.4, the last without `bucketsize` and `initval`. */
const revisions: Readonly<Record<IpSetType, number>> = {
  'bitmap:port': 3,
  'hash:ip': 4,
  'hash:ip,port': 5,
  'hash:ip,port,ip': 5,
  'hash:ip,port,net': 7,
  'hash:net': 6,
  'hash:net,port': 7,
}

function header({ type, version }: IpSet): string {
  if (type === 'bitmap:port') return 'range 0-65535'
  return `family ${version === 6 ? 'inet6' : 'inet'} hashsize 1024 maxelem 65536`
}

/** Of 64-bit kernels: a header and, for each entry, what a hash element takes; a bitmap has its full size always. */
function sizeOf({ type, entries }: IpSet): number {
  return type === 'bitmap:port' ? 8264 : 200 + 64 * entries.length
}

function referencesTo({ tables }: Ruleset, name: string): number {
  return tables
    .flatMap(({ chains }) => chains)
    .flatMap(({ rules }) => rules)
    .flatMap(({ matches }) => matches)
    .filter((match) => match.kind === 'set' && match.name === name).length
}
