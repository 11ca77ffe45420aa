/** Targets as iptables-save 1.8.9 prints them (iptables extensions/libxt_*.c, libipt_*.c: `save`). */
import { ipVersion, type IpAddress } from '../network/address.ts'
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
      return `-j DNAT --to-destination ${printEndpoint(target.address, target.port)}`
    case 'SNAT':
      return `-j SNAT --to-source ${printEndpoint(target.address, target.port)}${randomFully(target)}`
    case 'MASQUERADE':
      return `-j MASQUERADE${randomFully(target)}`
    case 'REDIRECT':
      return `-j REDIRECT${target.port === undefined ? '' : ` --to-ports ${target.port}`}`
    case 'MARK':
      return `-j MARK --set-xmark 0x${target.value.toString(16)}/0x${target.mask.toString(16)}`
    case 'unknown':
      return target.text
  }
}

/** `IP:port`, `[IP6]:port`, or the address alone. */
function printEndpoint(address: IpAddress, port: number | undefined): string {
  if (port === undefined) return address
  return ipVersion(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`
}

function randomFully(target: { readonly randomFully: boolean }): string {
  return target.randomFully ? ' --random-fully' : ''
}
