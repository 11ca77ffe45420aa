/** dig's command line (BIND 9.18, bin/dig/dig.c): one question. */
import type { RecordType } from '../../sim/dns/message.ts'

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
  readonly short: boolean
  readonly tries: number
  readonly timeoutMs?: number
  readonly sections: DigSections
}

export type ReadDig =
  | { readonly ok: true; readonly options: DigOptions }
  | { readonly ok: true; readonly version: true }
  | { readonly ok: false; readonly message: string }

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
const withoutEffect = [
  'recurse',
  'edns',
  'cookie',
  'dnssec',
  'tcp',
  'vc',
  'ignore',
  'aaflag',
  'adflag',
  'retry',
  'bufsize',
  'multiline',
]

/** Reads the arguments, from left to right; without a name the question is NS of the root. */
export function readDigOptions(args: readonly string[]): ReadDig {
  let name: string | undefined
  let options: Omit<DigOptions, 'name'> = {
    type: 'A',
    search: false,
    short: false,
    tries: 3,
    sections: everything,
  }
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? ''
    const type = recordTypes.find((each) => each === arg.toUpperCase())
    if (arg === '-v') return { ok: true, version: true }
    if (arg.startsWith('@')) options = { ...options, server: arg.slice(1) }
    else if (arg.startsWith('+')) {
      const flagged = readFlag(arg.slice(1), options)
      if (flagged === undefined) return { ok: false, message: invalidOption(arg) }
      options = flagged
    } else if (arg === '-x') {
      name = reverseName(args[++index] ?? '')
      options = { ...options, type: 'PTR' }
    } else if (arg === '-t' || arg === '-q') {
      const value = args[++index] ?? ''
      const given = recordTypes.find((each) => each === value.toUpperCase())
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
  switch (flag) {
    case 'search':
      return { ...options, search: !isOff }
    case 'short':
      return { ...options, short: !isOff }
    case 'all':
      return { ...options, sections: isOff ? nothing : everything }
    case 'tries':
      return { ...options, tries: Math.max(1, Number(value) || 1) }
    case 'time':
    case 'timeout':
      return { ...options, timeoutMs: Math.max(1, Number(value) || 1) * 1000 }
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

/** `10.96.0.1` to `1.0.96.10.in-addr.arpa.`, as `-x` asks. */
function reverseName(address: string): string {
  return `${address.split('.').toReversed().join('.')}.in-addr.arpa.`
}
