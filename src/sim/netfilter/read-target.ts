/**
 * Targets: their options and what they mean (iptables extensions/libxt_*.c, libipt_*.c: `parse`). What is not read here is kept as
 * text, of kind `unknown`.
 */
import { parseIp, type IpAddress, type IpVersion } from '../network/address.ts'
import { readNumber } from './read-number.ts'
import { printExtension, type Extension, type Option } from './rule-options.ts'
import type { Target } from './ruleset.ts'

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
  return read ?? { kind: 'unknown', name, text: printExtension(isGoto ? '-g' : '-j', extension) }
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
])

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
  const endpoint = readEndpoint(soleWord(options, '--to-destination'))
  return endpoint && { kind: 'DNAT', ...endpoint }
}

function readSnat(options: readonly Option[]): Target | undefined {
  const others = options.filter(({ name }) => name !== '--random-fully')
  const endpoint = readEndpoint(soleWord(others, '--to-source'))
  return endpoint && { kind: 'SNAT', ...endpoint, randomFully: others.length < options.length }
}

function readMasquerade(options: readonly Option[]): Target | undefined {
  const isUnderstood = options.every(({ name, args }) => name === '--random-fully' && args.length === 0)
  return isUnderstood ? { kind: 'MASQUERADE', randomFully: options.length > 0 } : undefined
}

function readRedirect(options: readonly Option[]): Target | undefined {
  if (options.length === 0) return { kind: 'REDIRECT' }
  const port = readNumber(soleWord(options, '--to-ports') ?? '', 65535)
  return port === undefined ? undefined : { kind: 'REDIRECT', port }
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

/** `IP`, `IP:port` or `[IP6]:port`. Ranges of either are not understood. */
function readEndpoint(
  text: string | undefined,
): { readonly address: IpAddress; readonly port?: number } | undefined {
  if (text === undefined) return undefined
  const whole = parseIp(text)
  if (whole !== undefined) return { address: whole }
  const [, addressText = '', portText = ''] = /^\[?([^\]]+)\]?:(\d+)$/.exec(text) ?? []
  const [address, port] = [parseIp(addressText), readNumber(portText, 65535)]
  return address === undefined || port === undefined ? undefined : { address, port }
}
