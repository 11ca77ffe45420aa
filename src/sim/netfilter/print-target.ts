/** Targets as iptables-save 1.8.9 prints them (iptables extensions/libxt_*.c, libipt_*.c: `save`). */
import { ipVersion } from '../network/address.ts'
import type { Target } from './ruleset.ts'

/** One target, `-j …` or `-g …`. */
export function printTarget(target: Target): string {
  switch (target.kind) {
    case 'jump':
      return `-j ${target.chain}`
    case 'goto':
      return `-g ${target.chain}`
    case 'ACCEPT':
    case 'DROP':
    case 'RETURN':
      return `-j ${target.kind}`
    case 'REJECT':
      return `-j REJECT --reject-with ${target.with}`
    case 'DNAT':
      return `-j DNAT --to-destination ${printRange(target)}${chance(target)}`
    case 'SNAT':
      return `-j SNAT --to-source ${printRange(target)}${chance(target)}`
    case 'MASQUERADE':
    case 'REDIRECT':
      return `-j ${target.kind}${target.port === undefined ? '' : ` --to-ports ${printPorts(target)}`}${chance(target)}`
    case 'MARK':
      return `-j MARK --set-xmark 0x${target.value.toString(16)}/0x${target.mask.toString(16)}`
    case 'CONNMARK':
      return `-j CONNMARK ${printConnmark(target)}`
    case 'NOTRACK':
      return target.asCt ? '-j CT --notrack' : '-j NOTRACK'
    case 'passing':
    case 'unknown':
      return target.text
  }
}

/** Addresses and ports, `FIRST-LAST:PORT-PORT`; in brackets where a colon follows IPv6. */
function printRange(target: Extract<Target, { kind: 'DNAT' | 'SNAT' }>): string {
  const { address, toAddress, port } = target
  const addresses = toAddress === undefined ? address : `${address}-${toAddress}`
  if (port === undefined) return addresses
  return ipVersion(address) === 6
    ? `[${addresses}]:${printPorts(target)}`
    : `${addresses}:${printPorts(target)}`
}

function printPorts({ port, toPort }: { readonly port?: number; readonly toPort?: number }): string {
  return toPort === undefined ? `${port}` : `${port}-${toPort}`
}

function chance(target: {
  readonly random?: boolean
  readonly randomFully?: boolean
  readonly persistent?: boolean
}): string {
  const options = [
    ...(target.random ? ['--random'] : []),
    ...(target.randomFully ? ['--random-fully'] : []),
    ...(target.persistent ? ['--persistent'] : []),
  ]
  return options.map((option) => ` ${option}`).join('')
}

function printConnmark(target: Extract<Target, { kind: 'CONNMARK' }>): string {
  if (target.action === 'set') return `--set-xmark ${hex(target.value)}/${hex(target.mask)}`
  return `--${target.action}-mark --nfmask ${hex(target.packetMask)} --ctmask ${hex(target.connectionMask)}`
}

function hex(value: number): string {
  return `0x${value.toString(16)}`
}
