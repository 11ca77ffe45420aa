/** Programs that look a name up by the C library, as far as the name goes: what they print where it is not found. */
import { curlFailure } from '../../shell/curl/curl-errors.ts'
import { readCurlOptions } from '../../shell/curl/curl-options.ts'
import type { Printed } from '../../shell/lookups/printed.ts'
import { printTimestamp } from '../../shell/print-time.ts'
import { printUrl, readUrl } from '../../shell/url.ts'
import { failureOf, resolving } from '../../shell/wget/try-texts.ts'
import type { NameTalk } from '../../sim/dns/name-question.ts'
import { printAsk } from '../conformance/print-ask.ts'
import type { NameCommand } from '../conformance/printed-command.ts'

/** `ask-glibc NAME`, `ask-musl NAME`, `curl -sS URL`, `wget -O - URL`; undefined for any other. */
export function libraryCommandOf([program = '', ...args]: readonly string[]): NameCommand | undefined {
  const [typed = ''] = args.slice(-1)
  const url = readUrl(typed)
  switch (program) {
    case 'ask-glibc':
    case 'ask-musl': {
      const flavour = program === 'ask-glibc' ? 'glibc' : 'musl'
      return {
        flavour,
        questions: [{ name: typed }],
        print: ([talk]) => printAsk(flavour, talk.resolution),
      }
    }
    case 'curl': {
      const read = readCurlOptions(args)
      if (!read.ok || !url.ok) return undefined
      return {
        flavour: 'glibc',
        questions: [{ name: url.url.host }],
        print: ([talk]) => {
          const failure = curlFailure(failedName(talk, url.url.host), url.url, read.options)
          return failed(`curl: (${failure?.exitCode}) ${failure?.message}\n`, failure?.exitCode ?? 0)
        },
      }
    }
    case 'wget': {
      if (!url.ok) return undefined
      return {
        flavour: 'glibc',
        questions: [{ name: url.url.host }],
        print: ([talk]) => {
          const result = failedName(talk, url.url.host)
          const head = `--${printTimestamp(0)}--  ${printUrl(url.url)}\n`
          return failed(head + resolving(url.url, result) + failureOf(result, url.url).text, 4)
        },
      }
    }
    default:
      return undefined
  }
}

function failed(stderr: string, exitCode: number): Printed {
  return { stdout: '', stderr, exitCode }
}

/** The result that such a program would see. Throws for a name that was found: what follows then is no lookup. */
function failedName({ resolution }: NameTalk, name: string) {
  const { outcome, tookMs } = resolution
  if (outcome.kind !== 'failed') throw new Error(`${name} was found`)
  return { kind: 'name-failed' as const, name, error: outcome.error, afterMs: tookMs }
}
