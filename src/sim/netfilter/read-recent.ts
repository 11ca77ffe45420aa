/** `-m recent` (iptables extensions/libxt_recent.c). */
import type { IpVersion } from '../network/address.ts'
import { readNumber } from './read-number.ts'
import type { Option } from './rule-options.ts'
import type { Match } from './ruleset.ts'

const actions = ['set', 'rcheck', 'update', 'remove'] as const

/** Its options. `--rttl`, which compares TTLs, is not read. */
export const recentOptions: readonly string[] = [
  ...actions.map((action) => `--${action}`),
  '--seconds',
  '--reap',
  '--hitcount',
  '--rttl',
  '--name',
  '--mask',
  '--rsource',
  '--rdest',
]

/** Reads it; `version` gives the mask that counts every bit, where none is written. */
export function readRecent(options: readonly Option[], version: IpVersion): Match | undefined {
  if (options.some(({ name }) => name === '--rttl')) return undefined
  const [chosen, another] = options.filter(({ name }) => actions.some((action) => name === `--${action}`))
  const action = actions.find((each) => `--${each}` === chosen?.name)
  if (chosen === undefined || action === undefined || another !== undefined) return undefined
  const value = (name: string) => options.find((option) => option.name === name)?.args[0]?.text
  const has = (name: string) => options.some((option) => option.name === name)
  const [seconds, hitcount] = [value('--seconds'), value('--hitcount')].map((text) => readNumber(text ?? ''))
  return {
    kind: 'recent',
    name: value('--name') ?? 'DEFAULT',
    action,
    ...(seconds !== undefined && { seconds }),
    ...(has('--reap') && { reap: true }),
    ...(hitcount !== undefined && { hitcount }),
    mask: value('--mask') ?? fullMask[version],
    ...(has('--rdest') && { side: 'destination' }),
    ...(chosen.negated && { negated: true }),
  }
}

const fullMask: Readonly<Record<IpVersion, string>> = {
  4: '255.255.255.255',
  6: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
}
