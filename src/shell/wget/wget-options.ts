/** The command line of wget, GNU's and BusyBox's: what both have. */
import { allValues, isGiven, lastValue, readOptions } from '../read-options.ts'

export interface WgetOptions {
  readonly urls: readonly string[]
  /** `-O`; absent: the last part of the path, or index.html. */
  readonly output?: string
  readonly quiet: boolean
  readonly serverResponse: boolean
  readonly spider: boolean
  /** `--no-check-certificate` */
  readonly insecure: boolean
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly userAgent?: string
  readonly postData?: string
  readonly timeoutMs?: number
  /** GNU: how often a time-out is tried again, 20. */
  readonly tries: number
}

export type ReadWget =
  { readonly ok: true; readonly options: WgetOptions } | { readonly ok: false; readonly option: string }

/** Reads the arguments; what is not known comes back as typed. */
export function readWgetOptions(args: readonly string[]): ReadWget {
  const read = readOptions(args, {
    flags: [
      'q',
      'quiet',
      'S',
      'server-response',
      'spider',
      'no-check-certificate',
      'c',
      '4',
      '6',
      'no-verbose',
      'v',
    ],
    values: [
      'O',
      'output-document',
      'T',
      'timeout',
      't',
      'tries',
      'header',
      'U',
      'user-agent',
      'post-data',
      'Y',
    ],
  })
  if (!read.ok) return { ok: false, option: read.option }
  const { options } = read
  const output = lastValue(options, 'O', 'output-document')
  const userAgent = lastValue(options, 'U', 'user-agent')
  const postData = lastValue(options, 'post-data')
  const timeoutSeconds = Number(lastValue(options, 'T', 'timeout') ?? 0)
  const tries = Number(lastValue(options, 't', 'tries') ?? 20)
  return {
    ok: true,
    options: {
      urls: read.operands,
      ...(output !== undefined && { output }),
      quiet: isGiven(options, 'q', 'quiet'),
      serverResponse: isGiven(options, 'S', 'server-response'),
      spider: isGiven(options, 'spider'),
      insecure: isGiven(options, 'no-check-certificate'),
      headers: allValues(options, 'header').map((line) => splitHeader(line)),
      ...(userAgent !== undefined && { userAgent }),
      ...(postData !== undefined && { postData }),
      ...(timeoutSeconds > 0 && { timeoutMs: Math.round(timeoutSeconds * 1000) }),
      tries: tries > 0 ? tries : 20,
    },
  }
}

/** The file that a URL is saved under. */
export function fileNameOf(target: string): string {
  const path = target.replace(/\?.*$/s, '')
  const name = path.slice(path.lastIndexOf('/') + 1)
  return name === '' ? 'index.html' : name
}

function splitHeader(line: string): readonly [string, string] {
  const colon = line.indexOf(':')
  return colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1).trim()]
}
