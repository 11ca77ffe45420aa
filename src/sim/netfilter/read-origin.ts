/**
 * Matches that ask where a packet came from beside its addresses: the process, the bridge port, the way of sending, the way back
 * (iptables extensions/libxt_owner.c, libxt_physdev.c, libxt_pkttype.c, libxt_rpfilter.c).
 */
import { readNumber } from './read-number.ts'
import type { Option } from './rule-options.ts'
import type { Match, OwnerCondition, PhysdevCondition } from './ruleset.ts'

export const ownerOptions: readonly string[] = [
  '--uid-owner',
  '--gid-owner',
  '--socket-exists',
  '--suppl-groups',
]
export const rpfilterOptions: readonly string[] = ['--loose', '--validmark', '--accept-local', '--invert']
export const physdevOptions: readonly string[] = [
  '--physdev-is-in',
  '--physdev-in',
  '--physdev-is-out',
  '--physdev-out',
  '--physdev-is-bridged',
]

/** `-m owner`; a name of a user, which a dump never has, is not read. */
export function readOwner(options: readonly Option[]): Match | undefined {
  const conditions = ownerOptions
    .slice(0, 3)
    .flatMap((name) => options.filter((option) => option.name === name).map(readOwnerCondition))
  const read = conditions.filter((each): each is OwnerCondition => each !== undefined)
  if (read.length === 0 || read.length !== options.length) return undefined
  return { kind: 'owner', conditions: read }
}

function readOwnerCondition({ name, args, negated }: Option): OwnerCondition | undefined {
  const negation = negated ? { negated: true } : {}
  if (name === '--socket-exists') return { ask: 'socket-exists', ...negation }
  const [first = '', last = first, more] = (args[0]?.text ?? '').split('-')
  const [from, to] = [readNumber(first), readNumber(last)]
  if (from === undefined || to === undefined || more !== undefined) return undefined
  return { ask: name === '--uid-owner' ? 'uid' : 'gid', from, to, ...negation }
}

/** `-m physdev` */
export function readPhysdev(options: readonly Option[]): Match | undefined {
  const conditions = physdevOptions.flatMap((name) =>
    options.filter((option) => option.name === name).map(readPhysdevCondition),
  )
  const read = conditions.filter((each): each is PhysdevCondition => each !== undefined)
  if (read.length === 0 || read.length !== options.length) return undefined
  return { kind: 'physdev', conditions: read }
}

function readPhysdevCondition({ name, args, negated }: Option): PhysdevCondition | undefined {
  const negation = negated ? { negated: true } : {}
  const interfaceName = args[0]?.text
  switch (name) {
    case '--physdev-in':
      return interfaceName === undefined ? undefined : { ask: 'in', name: interfaceName, ...negation }
    case '--physdev-out':
      return interfaceName === undefined ? undefined : { ask: 'out', name: interfaceName, ...negation }
    case '--physdev-is-in':
      return { ask: 'is-in', ...negation }
    case '--physdev-is-out':
      return { ask: 'is-out', ...negation }
    default:
      return { ask: 'is-bridged', ...negation }
  }
}

/** `-m pkttype` */
export function readPkttype(options: readonly Option[]): Match | undefined {
  const [option, another] = options
  const type = option?.args[0]?.text
  if (type === undefined || another !== undefined) return undefined
  return { kind: 'pkttype', type, ...(option?.negated && { negated: true }) }
}

/** `-m rpfilter`, also without an option. */
export function readRpfilter(options: readonly Option[]): Match | undefined {
  const has = (name: string) => options.some((option) => option.name === name)
  if (!options.every(({ name, args }) => rpfilterOptions.includes(name) && args.length === 0))
    return undefined
  return {
    kind: 'rpfilter',
    ...(has('--loose') && { loose: true }),
    ...(has('--validmark') && { validMark: true }),
    ...(has('--accept-local') && { acceptLocal: true }),
    ...(has('--invert') && { negated: true }),
  }
}
