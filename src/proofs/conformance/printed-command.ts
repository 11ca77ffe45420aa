/**
 * A command line of a program that looks names up, as the terminal reads and prints it: which lookups it makes by whose rules, and what it
 * prints of what they got. The golden cases and the real programs are compared with this.
 */
import type { ResolverFlavour } from '../../sim/dns/flavour.ts'
import { printHosts, type HostsFile } from '../../sim/dns/hosts-file.ts'
import type { NameQuestion, NameTalk } from '../../sim/dns/name-question.ts'
import { readDigOptions } from '../../shell/dig/dig-options.ts'
import { printDig } from '../../shell/dig/print-dig.ts'
import { readGetentOptions } from '../../shell/lookups/getent-options.ts'
import { readHostOptions } from '../../shell/lookups/host-options.ts'
import { readNslookupOptions } from '../../shell/lookups/nslookup-options.ts'
import { printBusyboxNslookup } from '../../shell/lookups/print-busybox-nslookup.ts'
import { printGetent } from '../../shell/lookups/print-getent.ts'
import { printHost } from '../../shell/lookups/print-host.ts'
import { printNslookup } from '../../shell/lookups/print-nslookup.ts'
import type { Printed } from '../../shell/lookups/printed.ts'

/** What a command asks, and how it prints. */
export interface NameCommand {
  readonly flavour: ResolverFlavour
  /** One after the other, until one finds something. */
  readonly questions: readonly NameQuestion[]
  readonly print: (talks: readonly [NameTalk, ...NameTalk[]]) => Printed
}

/** The version that is said where a text's release is free. */
const RELEASE = '9.18.49-1~deb12u3-Debian'

/** Where the program runs. */
export interface Surroundings {
  readonly library: 'glibc' | 'musl'
  readonly hosts: HostsFile
}

/** `dig`, `host`, `nslookup`, `getent` or `busybox nslookup`; undefined for any other, or for a line that asks nothing. */
export function nameCommandOf(
  [program = '', ...args]: readonly string[],
  { library, hosts }: Surroundings,
): NameCommand | undefined {
  switch (program) {
    case 'dig': {
      const read = readDigOptions(args)
      if (!read.ok || 'version' in read) return undefined
      const { options } = read
      const { name, type, told, server, search } = options
      const question = { name, types: [type], told, ...(server === undefined ? {} : { server }) }
      return {
        flavour: search ? 'dig-search' : 'dig',
        questions: [question],
        print: ([talk]) => printDig({ args, options, version: RELEASE, endedAtMs: 0 }, talk),
      }
    }
    case 'host': {
      const read = readHostOptions(args)
      if (read.kind !== 'question') return undefined
      const { question } = read
      return { flavour: 'host', questions: [question], print: ([talk]) => printHost(question, talk) }
    }
    case 'nslookup': {
      const read = readNslookupOptions(args, 'bind')
      if (read.kind !== 'question') return undefined
      const { question } = read
      return { flavour: 'nslookup', questions: [question], print: ([talk]) => printNslookup(question, talk) }
    }
    case 'getent': {
      const read = readGetentOptions(args)
      if (read.kind !== 'key') return undefined
      const key = { database: read.database, key: read.key, library, hostsFile: printHosts(hosts) }
      return { flavour: library, questions: read.questions, print: (talks) => printGetent(key, talks) }
    }
    case 'busybox': {
      if (args[0] !== 'nslookup') return undefined
      const read = readNslookupOptions(args.slice(1), 'busybox')
      if (read.kind !== 'question') return undefined
      return {
        flavour: 'busybox-nslookup',
        questions: [read.question],
        print: ([talk]) => printBusyboxNslookup(read.question.name, talk),
      }
    }
    default:
      return undefined
  }
}

/** Numbers that differ from run to run made constant: dig's id, times and cookie, wget's time stamp. */
export function withoutChance(text: string): string {
  return text
    .replace(/, id: \d+$/gm, ', id: 1')
    .replace(/^; COOKIE: [0-9a-f]+/gm, '; COOKIE: 0123456789abcdef')
    .replace(/^;; Query time: \d+ msec$/gm, ';; Query time: 0 msec')
    .replace(/^--\d{4}-\d\d-\d\d \d\d:\d\d:\d\d--/gm, '--1970-01-01 00:00:00--')
    .replace(/^;; WHEN: .*$/gm, ';; WHEN: Thu Jan 01 00:00:00 UTC 1970')
    .replace(/^; <<>> DiG \S+ <<>>/gm, '; <<>> DiG RELEASE <<>>')
}
