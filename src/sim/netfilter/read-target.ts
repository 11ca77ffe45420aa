/**
 * Targets: their options and what they mean (iptables extensions/libxt_*.c, libipt_*.c: `parse`). What is not read here is kept as
 * text, of kind `unknown`.
 */
import { parseIp, type IpAddress, type IpVersion } from '../network/address.ts'
import { readNumber } from './read-number.ts'
import { printExtension, type Extension, type Option } from './rule-options.ts'
import type { PassingTarget, Target } from './ruleset.ts'

/**
 * The target that `-j` or `-g` names.
 * @param chains names of the table's own chains: they win over extensions
 */
export function readTarget(
  extension: Extension & { readonly isGoto: boolean },
  chains: ReadonlySet<string>,
  version: IpVersion,
): Target {
  const { name, options, isGoto } = extension
  if (chains.has(name) && options.length === 0) return { kind: isGoto ? 'goto' : 'jump', chain: name }
  const read = isGoto ? undefined : readers.get(name)?.(options, version)
  const text = printExtension(isGoto ? '-g' : '-j', extension)
  const passes = isGoto ? undefined : passing.find((each) => each === name)
  return read ?? (passes ? { kind: 'passing', name: passes, text } : { kind: 'unknown', name, text })
}

type Reader = (options: readonly Option[], version: IpVersion) => Target | undefined

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['ACCEPT', (options) => plain('ACCEPT', options)],
  ['DROP', (options) => plain('DROP', options)],
  ['RETURN', (options) => plain('RETURN', options)],
  ['REJECT', readReject],
  ['DNAT', readDnat],
  ['SNAT', readSnat],
  ['MASQUERADE', readMasquerade],
  ['REDIRECT', readRedirect],
  ['MARK', readMark],
  ['CONNMARK', readConnmark],
  ['NOTRACK', (options) => (options.length === 0 ? { kind: 'NOTRACK' } : undefined)],
  ['CT', readCt],
])

const passing: readonly PassingTarget[] = ['LOG', 'NFLOG', 'TRACE', 'TCPMSS', 'CHECKSUM']

function plain(kind: 'ACCEPT' | 'DROP' | 'RETURN', options: readonly Option[]): Target | undefined {
  return options.length === 0 ? { kind } : undefined
}

/** The words of the sole option, if it has this name. */
function soleWord(options: readonly Option[], name: string): string | undefined {
  const [option, another] = options
  const [argument, more] = option?.args ?? []
  return option?.name === name && !another && !more && !option.negated ? argument?.text : undefined
}

function readReject(options: readonly Option[], version: IpVersion): Target | undefined {
  const standard = version === 4 ? 'icmp-port-unreachable' : 'icmp6-port-unreachable'
  const given = options.length === 0 ? standard : soleWord(options, '--reject-with')
  return given === undefined ? undefined : { kind: 'REJECT', with: given }
}

function readDnat(options: readonly Option[]): Target | undefined {
  const range = readNatRange(options, '--to-destination')
  if (!range || range.randomFully) return undefined
  const { randomFully: _, ...rest } = range
  return { kind: 'DNAT', ...rest }
}

function readSnat(options: readonly Option[]): Target | undefined {
  const range = readNatRange(options, '--to-source')
  return range && { kind: 'SNAT', ...range }
}

function readMasquerade(options: readonly Option[]): Target | undefined {
  const ports = readToPorts(options)
  return ports && { kind: 'MASQUERADE', ...ports }
}

function readRedirect(options: readonly Option[]): Target | undefined {
  const ports = readToPorts(options)
  if (!ports || ports.randomFully) return undefined
  const { randomFully: _, ...rest } = ports
  return { kind: 'REDIRECT', ...rest }
}

/** How a rewrite chooses. */
function readChance(options: readonly Option[]) {
  const has = (name: string) => options.some((option) => option.name === name)
  return {
    ...(has('--random') && { random: true }),
    randomFully: has('--random-fully'),
    ...(has('--persistent') && { persistent: true }),
  }
}

const chances = ['--random', '--random-fully', '--persistent']

function readNatRange(options: readonly Option[], name: string) {
  const text = soleWord(
    options.filter((option) => !chances.includes(option.name)),
    name,
  )
  const range = text === undefined ? undefined : readRange(text)
  return range && { ...range, ...readChance(options) }
}

/** `--to-ports 1024-31000`, which may be left out. */
function readToPorts(options: readonly Option[]) {
  const others = options.filter(({ name }) => !chances.includes(name))
  const { persistent, ...chance } = readChance(options)
  if (persistent) return undefined
  if (others.length === 0) return chance
  const ports = readPorts(soleWord(others, '--to-ports') ?? '')
  return ports && { ...ports, ...chance }
}

/** `CT` for `--notrack` alone: zones and helpers are not modelled. */
function readCt(options: readonly Option[]): Target | undefined {
  const [option, another] = options
  return option?.name === '--notrack' && !another ? { kind: 'NOTRACK', asCt: true } : undefined
}

/** Setting has MARK's spellings; `--mask` stands for both masks of a copy. */
function readConnmark(options: readonly Option[]): Target | undefined {
  const [action] = (['save', 'restore'] as const).filter((each) =>
    options.some(({ name }) => name === `--${each}-mark`),
  )
  if (action === undefined) {
    const set = readMark(options)
    return set?.kind === 'MARK' ? { ...set, kind: 'CONNMARK', action: 'set' } : undefined
  }
  const mask = (name: string) => {
    const text = options.find((option) => option.name === name || option.name === '--mask')?.args[0]?.text
    return text === undefined ? 0xffffffff : readNumber(text)
  }
  const [packetMask, connectionMask] = [mask('--nfmask'), mask('--ctmask')]
  if (packetMask === undefined || connectionMask === undefined) return undefined
  return { kind: 'CONNMARK', action, packetMask, connectionMask }
}

/** All five spellings are one operation: mark = (mark & ~mask) ^ value. */
function readMark(options: readonly Option[]): Target | undefined {
  const name = options[0]?.name ?? ''
  const [valueText = '', maskText, more] = (soleWord(options, name) ?? '').split('/')
  const value = readNumber(valueText)
  const mask = maskText === undefined ? undefined : readNumber(maskText)
  if (value === undefined || more !== undefined || (maskText !== undefined && mask === undefined))
    return undefined
  const all = 0xffffffff
  switch (name) {
    case '--set-xmark':
      return { kind: 'MARK', value, mask: mask ?? all }
    case '--set-mark':
      return { kind: 'MARK', value, mask: mask === undefined ? all : (mask | value) >>> 0 }
    case '--or-mark':
      return { kind: 'MARK', value, mask: value }
    case '--xor-mark':
      return { kind: 'MARK', value, mask: 0 }
    case '--and-mark':
      return { kind: 'MARK', value: 0, mask: ~value >>> 0 }
  }
  return undefined
}

/** `IP`, `IP:port`, `[IP6]:port`, each with ranges `FIRST-LAST`. A port without an address is not read. */
function readRange(text: string) {
  const whole = readAddresses(text)
  if (whole) return whole
  const [, addressText = '', portText = ''] = /^\[?([^\]]+)\]?:([\d-]+)$/.exec(text) ?? []
  const [addresses, ports] = [readAddresses(addressText), readPorts(portText)]
  return addresses && ports && { ...addresses, ...ports }
}

function readAddresses(
  text: string,
): { readonly address: IpAddress; readonly toAddress?: IpAddress } | undefined {
  const [first = '', last, more] = text.split('-')
  const [address, toAddress] = [parseIp(first), parseIp(last ?? '')]
  if (address === undefined || more !== undefined) return undefined
  if (last === undefined) return { address }
  return toAddress && { address, toAddress }
}

function readPorts(text: string): { readonly port: number; readonly toPort?: number } | undefined {
  const [first = '', last, more] = text.split('-')
  const [port, toPort] = [readNumber(first, 65535), readNumber(last ?? '', 65535)]
  if (port === undefined || more !== undefined) return undefined
  if (last === undefined) return { port }
  return toPort === undefined ? undefined : { port, toPort }
}
