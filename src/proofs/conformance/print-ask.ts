/** What `ask NAME` prints: a program that calls getaddrinfo, and prints each address on a line, or `error NUMBER: TEXT` (gai_strerror). */
import type { Printed } from '../../shell/lookups/printed.ts'
import type { Resolution } from '../../sim/dns/resolver-step.ts'

const errorTexts: Readonly<Record<string, string>> = {
  'glibc -2': 'Name or service not known',
  'glibc -3': 'Temporary failure in name resolution',
  'glibc -5': 'No address associated with hostname',
  'musl -2': 'Name does not resolve',
  'musl -3': 'Try again',
  'musl -5': 'Name has no usable address',
}

/** Exit code 2 where getaddrinfo fails. */
export function printAsk(library: 'glibc' | 'musl', { outcome }: Resolution): Printed {
  switch (outcome.kind) {
    case 'found':
      return { stdout: outcome.addresses.map((each) => `${each}\n`).join(''), stderr: '', exitCode: 0 }
    case 'failed': {
      const text = errorTexts[`${library} ${outcome.code}`] ?? ''
      return { stdout: `error ${outcome.code}: ${text}\n`, stderr: '', exitCode: 2 }
    }
    case 'reply':
      throw new Error('getaddrinfo gives addresses, never a reply')
  }
}
