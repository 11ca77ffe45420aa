/**
 * Match extensions: their options and what they mean (iptables extensions/libxt_*.c, libipt_icmp.c, libip6t_icmp6.c: `parse`).
 * What is not read here is kept as text, of kind `unknown`.
 */
import { DRAW_RANGE } from '../draw.ts'
import { parseIp, type IpVersion } from '../network/address.ts'
import type { SetDirection } from './ip-sets.ts'
import { conntrackOptions, readConntrack, readState } from './read-conntrack.ts'
import { protocolNumber } from './protocol-name.ts'
import { readNumber, readPortRange } from './read-number.ts'
import {
  ownerOptions,
  physdevOptions,
  readOwner,
  readPhysdev,
  readPkttype,
  readRpfilter,
  rpfilterOptions,
} from './read-origin.ts'
import { readRecent, recentOptions } from './read-recent.ts'
import { printExtension, type Extension, type Option } from './rule-options.ts'
import type { FlagName, Match, PortCondition, PortRange } from './ruleset.ts'

/** The match that an extension stands for. `version` tells the defaults that the text may leave out. */
export function readMatch(extension: Extension, version: IpVersion): Match {
  const read = readers.get(extension.name)?.read(extension.options, version)
  return read ?? { kind: 'unknown', text: printExtension('-m', extension) }
}

/** Whether a match extension has an option; undefined where the extension is not known here. */
export function knowsOption(match: string, option: string): boolean | undefined {
  return readers.get(match)?.options.includes(option)
}

/** `options`: all that the extension has. `read` gives undefined for those that are not understood. */
interface Reader {
  readonly options: readonly string[]
  readonly read: (options: readonly Option[], version: IpVersion) => Match | undefined
}

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['comment', { options: ['--comment'], read: readComment }],
  ['tcp', portsReader('tcp', ['--tcp-flags', '--syn', '--tcp-option'])],
  ['udp', portsReader('udp', [])],
  ['sctp', portsReader('sctp', ['--chunk-types'])],
  ['multiport', { options: ['--sports', '--dports', '--ports'], read: readMultiport }],
  ['icmp', { options: ['--icmp-type'], read: (options) => readIcmp(options, 4) }],
  ['icmp6', { options: ['--icmpv6-type'], read: (options) => readIcmp(options, 6) }],
  ['mark', { options: ['--mark'], read: (options) => readMark('mark', options) }],
  ['connmark', { options: ['--mark'], read: (options) => readMark('connmark', options) }],
  ['conntrack', { options: conntrackOptions, read: readConntrack }],
  ['state', { options: ['--state'], read: readState }],
  ['statistic', { options: ['--mode', '--probability', '--every', '--packet'], read: readStatistic }],
  [
    'addrtype',
    { options: ['--src-type', '--dst-type', '--limit-iface-in', '--limit-iface-out'], read: readAddrtype },
  ],
  ['recent', { options: recentOptions, read: readRecent }],
  ['set', { options: setOptions(), read: readSet }],
  ['nfacct', { options: ['--nfacct-name'], read: readNfacct }],
  ['owner', { options: ownerOptions, read: readOwner }],
  ['physdev', { options: physdevOptions, read: readPhysdev }],
  ['pkttype', { options: ['--pkt-type'], read: readPkttype }],
  ['rpfilter', { options: rpfilterOptions, read: readRpfilter }],
  ['ipvs', { options: ipvsOptions(), read: readIpvs }],
])

/** The words of an option, if it is the only one of its name and has no `!`; undefined otherwise. */
function words(options: readonly Option[], name: string): readonly string[] | undefined {
  const [option, another] = options.filter((candidate) => candidate.name === name)
  return option && !another && !option.negated ? option.args.map(({ text }) => text) : undefined
}

/** The one word of an option; undefined where there is none or more. */
function word(options: readonly Option[], name: string): string | undefined {
  const [text, more] = words(options, name) ?? []
  return more === undefined ? text : undefined
}

/** The sole option of an extension, with its one word. */
function sole(options: readonly Option[]): { name: string; text: string; negated?: true } | undefined {
  const [option, another] = options
  const [argument, more] = option?.args ?? []
  if (!option || !argument || another || more) return undefined
  return { name: option.name, text: argument.text, ...(option.negated && { negated: true }) }
}

function negation({ negated }: { readonly negated?: boolean }): { negated?: true } {
  return negated ? { negated: true } : {}
}

/** Unquoted words run on to the next option, as upstream's own tests write them; iptables itself wants quotes. */
function readComment(options: readonly Option[]): Match | undefined {
  const all = words(options, '--comment')
  return options.length === 1 && all && all.length > 0 ? { kind: 'comment', text: all.join(' ') } : undefined
}

function portsReader(protocol: 'tcp' | 'udp' | 'sctp', others: readonly string[]): Reader {
  const names = { '--sport': 'source', '--source-port': 'source', '--dport': 'destination' } as const
  const sides: Readonly<Record<string, 'source' | 'destination'>> = {
    ...names,
    '--destination-port': 'destination',
  }
  return {
    options: [...Object.keys(sides), ...others],
    read: (options) => {
      const conditions: { source?: PortCondition; destination?: PortCondition; flags?: Flags } = {}
      for (const option of options) {
        const flags = protocol === 'tcp' ? readFlags(option) : undefined
        if (flags !== undefined) {
          if (conditions.flags) return undefined
          conditions.flags = flags
          continue
        }
        const side = sides[option.name]
        const range = option.args.length === 1 && readPortRange(option.args[0]?.text ?? '')
        if (!side || !range || conditions[side]) return undefined
        const isAnyPort = range.from === 0 && range.to === 65535 && !option.negated
        if (!isAnyPort) conditions[side] = { ...range, ...negation(option) }
      }
      return { kind: 'ports', protocol, ...conditions }
    },
  }
}

type Flags = NonNullable<Extract<Match, { kind: 'ports' }>['flags']>

/** `--tcp-flags MASK SET`, or `--syn`, which opens a connection. */
function readFlags(option: Option): Flags | undefined {
  if (option.name === '--syn' && option.args.length === 0)
    return { mask: ['FIN', 'SYN', 'RST', 'ACK'], set: ['SYN'], ...negation(option) }
  if (option.name !== '--tcp-flags' || option.args.length !== 2) return undefined
  const [mask, set] = option.args.map(({ text }) => flagNames(text))
  return mask && set && { mask, set, ...negation(option) }
}

function flagNames(text: string): readonly FlagName[] | undefined {
  if (text === 'ALL') return flagOrder
  if (text === 'NONE') return []
  const given = text.split(',')
  const names = flagOrder.filter((name) => given.includes(name))
  return names.length === new Set(given).size ? names : undefined
}

const flagOrder: readonly FlagName[] = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG']

function readMultiport(options: readonly Option[]): Match | undefined {
  const only = sole(options)
  const side = only && multiportSides[only.name]
  if (!only || !side) return undefined
  const ports: PortRange[] = []
  for (const text of only.text.split(',')) {
    const range = readPortRange(text)
    if (!range) return undefined
    ports.push(range)
  }
  return { kind: 'multiport', side, ports, ...negation(only) }
}

const multiportSides: Readonly<Record<string, 'source' | 'destination' | 'both'>> = {
  '--sports': 'source',
  '--source-ports': 'source',
  '--dports': 'destination',
  '--destination-ports': 'destination',
  '--ports': 'both',
}

function readIcmp(options: readonly Option[], version: IpVersion): Match | undefined {
  const only = sole(options)
  if (!only) return undefined
  const [typeText = '', codeText, more] = (icmpNames[version][only.text] ?? only.text).split('/')
  const type = readNumber(typeText, 255)
  const code = codeText === undefined ? undefined : readNumber(codeText, 255)
  if (type === undefined || more !== undefined || (codeText !== undefined && code === undefined))
    return undefined
  return { kind: 'icmp', version, type, ...(code !== undefined && { code }), ...negation(only) }
}

/** The names that people write (iptables extensions/libipt_icmp.c, libip6t_icmp6.c). */
const icmpNames: Readonly<Record<IpVersion, Readonly<Record<string, string>>>> = {
  4: {
    any: '255',
    'echo-reply': '0',
    'destination-unreachable': '3',
    'network-unreachable': '3/0',
    'host-unreachable': '3/1',
    'port-unreachable': '3/3',
    'fragmentation-needed': '3/4',
    'echo-request': '8',
    'time-exceeded': '11',
  },
  6: {
    'destination-unreachable': '1',
    'packet-too-big': '2',
    'time-exceeded': '3',
    'parameter-problem': '4',
    'echo-request': '128',
    'echo-reply': '129',
    'router-solicitation': '133',
    'router-advertisement': '134',
    'neighbour-solicitation': '135',
    'neighbour-advertisement': '136',
  },
}

function readMark(kind: 'mark' | 'connmark', options: readonly Option[]): Match | undefined {
  const only = sole(options)
  if (!only) return undefined
  const [valueText = '', maskText = '0xffffffff', more] = only.text.split('/')
  const [value, mask] = [readNumber(valueText), readNumber(maskText)]
  if (value === undefined || mask === undefined || more !== undefined) return undefined
  return { kind, value, mask, ...negation(only) }
}

function readStatistic(options: readonly Option[]): Match | undefined {
  const mode = word(options, '--mode')
  if (mode === 'random' && options.length === 2) {
    const option = options.find(({ name }) => name === '--probability')
    const probability = Number(option?.args[0]?.text ?? Number.NaN)
    if (option === undefined || !(probability >= 0 && probability <= 1)) return undefined
    const threshold = Math.round(probability * DRAW_RANGE)
    return { kind: 'statistic-random', threshold, ...negation(option) }
  }
  if (mode !== 'nth' || options.length > 3) return undefined
  const every = readNumber(word(options, '--every') ?? '')
  const packet = readNumber(word(options, '--packet') ?? '0')
  if (every === undefined || packet === undefined || packet >= every) return undefined
  return { kind: 'statistic-nth', every, packet }
}

/** One side; both at once are not read. */
function readAddrtype(options: readonly Option[]): Match | undefined {
  const [limits, sides] = [options.filter(isLimit), options.filter((option) => !isLimit(option))]
  const only = sole(sides)
  if (only?.name !== '--src-type' && only?.name !== '--dst-type') return undefined
  if (limits.length > 1 || limits.some(({ negated }) => negated)) return undefined
  const side = only.name === '--src-type' ? 'source' : 'destination'
  const [limit] = limits.map(({ name }) => (name === '--limit-iface-in' ? 'in' : 'out'))
  return { kind: 'addrtype', side, type: only.text, ...negation(only), ...(limit && { limit }) }
}

function isLimit({ name }: Option): boolean {
  return name === '--limit-iface-in' || name === '--limit-iface-out'
}

function ipvsOptions(): readonly string[] {
  return ['--ipvs', '--vproto', '--vaddr', '--vport', '--vdir', '--vmethod', '--vportctl']
}

function setOptions(): readonly string[] {
  const counters = ['packets', 'bytes'].flatMap((unit) =>
    ['eq', 'lt', 'gt'].map((than) => `--${unit}-${than}`),
  )
  return ['--match-set', '--return-nomatch', '--update-counters', '--update-subcounters', ...counters]
}

/** Asked for by one end a dimension: `dst,dst,src`. */
function readSet(options: readonly Option[]): Match | undefined {
  const [option, another] = options
  const [name, direction, more] = option?.args.map(({ text }) => text) ?? []
  if (option?.name !== '--match-set' || another || name === undefined || more !== undefined) return undefined
  const directions = direction?.split(',') ?? []
  if (directions.length === 0 || directions.length > 3 || !directions.every(isDirection)) return undefined
  return { kind: 'set', name, directions, ...negation(option) }
}

function isDirection(word: string): word is SetDirection {
  return word === 'src' || word === 'dst'
}

/** A virtual server by all of its address, protocol and port, as kube-proxy writes it. */
function readIpvs(options: readonly Option[]): Match | undefined {
  const [protocolText, addressText, portText] = ['--vproto', '--vaddr', '--vport'].map((name) =>
    word(options, name),
  )
  const protocol = protocolNumber(protocolText ?? '')
  const address = parseIp(addressText?.replace(/\/(32|128)$/, '') ?? '')
  const port = readNumber(portText ?? '', 65535)
  if (options.length !== 3 || protocol === undefined || address === undefined || port === undefined)
    return undefined
  return { kind: 'ipvs', protocol, address, port }
}

function readNfacct(options: readonly Option[]): Match | undefined {
  const only = sole(options)
  return only && !only.negated ? { kind: 'nfacct', name: only.text } : undefined
}
