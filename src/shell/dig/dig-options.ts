/** dig's command line (BIND 9.18, bin/dig/dig.c): one question. */
import { reverseName } from '../../sim/dns/domain-name.ts'
import type { RecordType } from '../../sim/dns/message.ts'
import type { ToldSending } from '../../sim/dns/name-question.ts'
import { parseIp } from '../../sim/network/address.ts'
import { recordTypeOf } from '../lookups/record-types.ts'

/** What is printed of a reply; `+noall` turns all off. */
export interface DigSections {
  readonly cmd: boolean
  readonly comments: boolean
  readonly question: boolean
  readonly answer: boolean
  readonly authority: boolean
  readonly additional: boolean
  readonly stats: boolean
}

export interface DigOptions {
  readonly name: string
  readonly type: RecordType
  /** `@SERVER` */
  readonly server?: string
  readonly search: boolean
  /** Replies of names that were passed over are printed too. */
  readonly showSearch: boolean
  readonly short: boolean
  readonly told: ToldSending
  readonly sections: DigSections
}

export type ReadDig =
  | { readonly ok: true; readonly options: DigOptions }
  | { readonly ok: true; readonly version: true }
  | { readonly ok: false; readonly message: string }

const everything: DigSections = {
  cmd: true,
  comments: true,
  question: true,
  answer: true,
  authority: true,
  additional: true,
  stats: true,
}

const nothing: DigSections = {
  cmd: false,
  comments: false,
  question: false,
  answer: false,
  authority: false,
  additional: false,
  stats: false,
}

/** Flags that change nothing that is simulated. */
const withoutEffect = ['dnssec', 'cdflag', 'class', 'ttlid', 'defname', 'keepopen', 'fail', 'crypto', 'qr']

/** Reads the arguments, from left to right; without a name the question is NS of the root. */
export function readDigOptions(args: readonly string[]): ReadDig {
  let name: string | undefined
  let options: Omit<DigOptions, 'name'> = {
    type: 'A',
    search: false,
    showSearch: false,
    short: false,
    told: {},
    sections: everything,
  }
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? ''
    const type = recordTypeOf(arg)
    if (arg === '-v') return { ok: true, version: true }
    if (arg.startsWith('@')) options = { ...options, server: arg.slice(1) }
    else if (arg.startsWith('+')) {
      const flagged = readFlag(arg.slice(1), options)
      if (flagged === undefined) return { ok: false, message: invalidOption(arg) }
      options = flagged
    } else if (arg === '-x') {
      const typed = args[++index] ?? ''
      const address = parseIp(typed)
      if (address === undefined) return { ok: false, message: `Invalid IP address ${typed}\n` }
      name = reverseName(address)
      options = { ...options, type: 'PTR' }
    } else if (arg === '-t' || arg === '-q') {
      const value = args[++index] ?? ''
      const given = recordTypeOf(value)
      if (arg === '-q') name = value
      else if (given !== undefined) options = { ...options, type: given }
    } else if (arg === '-4' || arg === '-6' || arg.toUpperCase() === 'IN') continue
    else if (arg.startsWith('-')) return { ok: false, message: invalidOption(arg) }
    else if (type !== undefined) options = { ...options, type }
    else if (name === undefined) name = arg
    else return { ok: false, message: 'podpath: several questions in one dig are not simulated\n' }
  }
  if (name === undefined) return { ok: true, options: { ...options, name: '.', type: 'NS' } }
  return { ok: true, options: { ...options, name } }
}

function readFlag(text: string, options: Omit<DigOptions, 'name'>): Omit<DigOptions, 'name'> | undefined {
  const [word = '', value = ''] = text.split('=')
  const isOff = word.startsWith('no')
  const flag = isOff ? word.slice(2) : word
  const number = Number.parseInt(value, 10) || 0
  const told = (change: ToldSending) => ({ ...options, told: { ...options.told, ...change } })
  switch (flag) {
    case 'search':
      return { ...options, search: !isOff }
    case 'short':
      return { ...options, short: !isOff }
    case 'all':
      return { ...options, sections: isOff ? nothing : everything }
    case 'showsearch':
      return { ...options, showSearch: !isOff, search: !isOff || options.search }
    case 'tries':
      return told({ attempts: Math.max(1, number) })
    case 'retry':
      return told({ attempts: number + 1 })
    case 'time':
    case 'timeout':
      return told({ timeoutSeconds: Math.max(1, number) })
    case 'tcp':
    case 'vc':
      return told({ overTcp: !isOff })
    case 'recurse':
    case 'rdflag':
      return told({ recurse: !isOff })
    case 'adflag':
      return told({ ad: !isOff })
    case 'edns':
      return told({ edns: !isOff })
    case 'cookie':
      return told({ cookie: !isOff })
    case 'bufsize':
      return told({ edns: true, udpSize: number === 0 ? 1232 : number })
    case 'cmd':
    case 'comments':
    case 'question':
    case 'answer':
    case 'authority':
    case 'additional':
    case 'stats':
      return { ...options, sections: { ...options.sections, [flag]: !isOff } }
    default:
      return withoutEffect.includes(flag) ? options : undefined
  }
}

function invalidOption(arg: string): string {
  return `Invalid option: ${arg}\nUsage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}\n`
}
