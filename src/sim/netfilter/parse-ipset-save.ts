/**
 * Reads what `ipset save` prints (ipset 7.17, lib/session.c; lib/ipset_{bitmap,hash}_*.c). A set of a type or with an option that is not
 * evaluated here (a netmask, a range of MAC addresses, a list of sets) is left out: a rule that asks it is then beyond us. An entry with
 * a time-out is taken to be there still.
 */
import { parseCidr, parseIp } from '../network/address.ts'
import type { IpSet, IpSets, IpSetType } from './ip-sets.ts'
import type { SaveProblem } from './parse-iptables-save.ts'
import { splitWords } from './words.ts'

/** The sets by name, in the order given, and the lines that `ipset restore` would not take. */
export function parseIpsetSave(text: string): {
  readonly sets: IpSets
  readonly problems: readonly SaveProblem[]
} {
  const drafts = new Map<string, Draft>()
  const problems: SaveProblem[] = []
  for (const [index, line] of text.split('\n').entries()) {
    const detail = takeLine(line, drafts)
    if (detail !== undefined) problems.push({ line: index + 1, text: line, detail })
  }
  const modelled = [...drafts].flatMap(([name, draft]): [string, IpSet][] =>
    draft.kind === 'set'
      ? [[name, { type: draft.type, version: draft.version, entries: draft.entries }]]
      : [],
  )
  return { sets: Object.fromEntries(modelled), problems }
}

type Draft =
  | {
      readonly kind: 'set'
      readonly type: IpSetType
      readonly version: 4 | 6
      readonly entries: string[]
    }
  | { readonly kind: 'not-modelled' }

/** Takes one line in; gives what is wrong with it. */
function takeLine(line: string, drafts: Map<string, Draft>): string | undefined {
  const words = splitWords(line.replace(/^#.*/, ''))?.map((word) => word.text)
  if (words === undefined) return 'a quote is not closed'
  const [command, name, value, ...options] = words
  if (command === undefined || command === 'COMMIT') return undefined
  if (command !== 'create' && command !== 'add') return `unknown command "${command}"`
  if (name === undefined || value === undefined) return 'the line ends too early'
  if (command === 'create') {
    if (drafts.has(name)) return `set "${name}" is there already`
    drafts.set(name, draftOf(value, options))
    return undefined
  }
  const draft = drafts.get(name)
  if (draft === undefined) return `set "${name}" was not created`
  if (draft.kind === 'not-modelled') return undefined
  if (!isEntry(draft.type, value)) {
    if (!/^[\da-f.:]+(\/\d+)?,\S+:\S+/i.test(value)) return `"${value}" is no entry of ${draft.type}`
    drafts.set(name, { kind: 'not-modelled' }) // a protocol without ports
  } else if (options.includes('nomatch') && draft.type !== 'hash:net')
    drafts.set(name, { kind: 'not-modelled' })
  else draft.entries.push(options.includes('nomatch') ? `${value} nomatch` : value)
  return undefined
}

function draftOf(type: string, options: readonly string[]): Draft {
  const known = types.find((each) => each === type)
  const narrows = options.some((option) => ['netmask', 'bitmask', 'markmask'].includes(option))
  if (known === undefined || narrows) return { kind: 'not-modelled' }
  const version = options[options.indexOf('family') + 1] === 'inet6' ? 6 : 4
  return { kind: 'set', type: known, version, entries: [] }
}

const types: readonly IpSetType[] = [
  'bitmap:port',
  'hash:ip',
  'hash:ip,port',
  'hash:ip,port,ip',
  'hash:ip,port,net',
  'hash:net',
  'hash:net,port',
]

function isEntry(type: IpSetType, entry: string): boolean {
  const parts = entry.split(',')
  const dimensions = type.slice(type.indexOf(':') + 1).split(',')
  if (type === 'bitmap:port') return /^\d+$/.test(entry)
  return parts.length === dimensions.length && parts.every((part, at) => isPart(dimensions[at], part))
}

function isPart(dimension: string | undefined, part: string): boolean {
  if (dimension === 'port') return /^(tcp|udp|sctp):\d+$/.test(part)
  return parseIp(part) !== undefined || (dimension === 'net' && parseCidr(part) !== undefined)
}
