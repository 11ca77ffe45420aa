/** host's command line (BIND 9.18, bin/dig/host.c). */
import type { NameQuestion } from '../../sim/dns/name-question.ts'
import { isGiven, lastValue, readOptions } from '../read-options.ts'
import { recordTypeOf } from './record-types.ts'

export type ReadHost =
  | { readonly kind: 'question'; readonly question: NameQuestion }
  | { readonly kind: 'version' }
  | { readonly kind: 'usage' }
  | { readonly kind: 'problem'; readonly message: string; readonly exitCode: number }

const table = {
  flags: ['4', '6', 'a', 'A', 'C', 'd', 'i', 'l', 'n', 'r', 's', 'T', 'U', 'v', 'V', 'w'],
  values: ['c', 'm', 'N', 'p', 'R', 't', 'W'],
}

/** Known to host and not simulated here. */
const notSimulated = ['6', 'a', 'A', 'C', 'd', 'i', 'l', 'v', 'w', 'c', 'm', 'N', 'p']

/** Reads the arguments: a name, and a server that is asked in place of those of resolv.conf. */
export function readHostOptions(args: readonly string[]): ReadHost {
  const read = readOptions(args, table)
  if (!read.ok) return { kind: 'usage' }
  const { options, operands } = read
  if (isGiven(options, 'V')) return { kind: 'version' }
  const [name, server] = operands
  if (name === undefined) return { kind: 'usage' }
  const missing = notSimulated.find((option) => isGiven(options, option))
  if (missing !== undefined)
    return { kind: 'problem', message: `podpath: host -${missing} is not simulated\n`, exitCode: 1 }
  const typeText = lastValue(options, 't')
  const type = typeText === undefined ? undefined : recordTypeOf(typeText)
  if (typeText !== undefined && type === undefined)
    return { kind: 'problem', message: `host: invalid type: ${typeText}\n\n`, exitCode: 2 }
  const [retries, seconds] = [lastValue(options, 'R'), lastValue(options, 'W')].map(numberOf)
  return {
    kind: 'question',
    question: {
      name,
      ...(type === undefined ? {} : { types: [type] }),
      ...(server === undefined ? {} : { server }),
      told: {
        ...(retries === undefined ? {} : { attempts: Math.max(2, retries + 1) }),
        ...(seconds === undefined ? {} : { timeoutSeconds: Math.max(1, seconds) }),
        ...(isGiven(options, 'T') ? { overTcp: true } : {}),
        ...(isGiven(options, 'r') ? { recurse: false } : {}),
      },
    },
  }
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined || !/^\d+$/.test(text) ? undefined : Number(text)
}
