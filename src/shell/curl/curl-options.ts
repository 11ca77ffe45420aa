/** curl's command line (curl 7.88, tool_getparam.c): the options that the terminal knows. */
import { allValues, isGiven, lastValue, readOptions } from '../read-options.ts'

export interface CurlOptions {
  readonly urls: readonly string[]
  readonly method: string
  /** As typed: `Host:web01`. */
  readonly headers: readonly string[]
  readonly body?: string
  readonly userAgent?: string
  readonly verbose: boolean
  readonly silent: boolean
  readonly showError: boolean
  /** `-i`, or the only output with `-I`. */
  readonly include: boolean
  readonly headOnly: boolean
  readonly fail: boolean
  readonly follow: boolean
  readonly insecure: boolean
  /** `--cacert`, as typed. */
  readonly cacert?: string
  /** `--http1.1`: HTTP/2 is not offered. */
  readonly http1: boolean
  /** `-o`; `-O` is the last part of the URL's path. */
  readonly output?: string
  readonly writeOut?: string
  readonly maxTimeMs?: number
  readonly connectTimeoutMs?: number
  /** `--resolve host:port:address` */
  readonly resolve: readonly { readonly host: string; readonly port: number; readonly address: string }[]
  /** `--connect-to host:port:otherhost:otherport`; an empty part means any, or the same. */
  readonly connectTo: readonly {
    readonly host: string
    readonly port: string
    readonly toHost: string
    readonly toPort: string
  }[]
}

export type ReadCurl =
  | { readonly ok: true; readonly options: CurlOptions }
  | { readonly ok: false; readonly message: string; readonly exitCode: number }

const longNames: Readonly<Record<string, string>> = {
  v: 'verbose',
  s: 'silent',
  S: 'show-error',
  i: 'include',
  I: 'head',
  f: 'fail',
  L: 'location',
  k: 'insecure',
  O: 'remote-name',
  H: 'header',
  X: 'request',
  d: 'data',
  A: 'user-agent',
  o: 'output',
  w: 'write-out',
  m: 'max-time',
  V: 'version',
  '4': 'ipv4',
  '6': 'ipv6',
  G: 'get',
}

const flags = [
  'verbose',
  'silent',
  'show-error',
  'include',
  'head',
  'fail',
  'location',
  'insecure',
  'remote-name',
  'version',
  'ipv4',
  'ipv6',
  'get',
  'http1.1',
  'no-progress-meter',
]
const values = [
  'header',
  'request',
  'data',
  'data-raw',
  'data-binary',
  'user-agent',
  'output',
  'write-out',
  'max-time',
  'connect-timeout',
  'connect-to',
  'resolve',
  'url',
  'cacert',
]

/** Options that curl has and that would change what happens: better refused than passed over. */
const notSimulated = [
  'x',
  'proxy',
  'u',
  'user',
  'F',
  'form',
  'T',
  'upload-file',
  'interface',
  'http2',
  'retry',
  'b',
  'c',
]

const advice = "curl: try 'curl --help' or 'curl --manual' for more information\n"

/** Reads the arguments. `--version` is left to the caller: `options.urls` is empty then and `method` is `VERSION`. */
export function readCurlOptions(args: readonly string[]): ReadCurl {
  const read = readOptions(args, {
    flags: [...flags, ...Object.keys(longNames).filter((letter) => flags.includes(longNames[letter] ?? ''))],
    values: [
      ...values,
      ...Object.keys(longNames).filter((letter) => values.includes(longNames[letter] ?? '')),
    ],
  })
  if (!read.ok) return refuse(read.option, read.problem)
  const options = read.options.map(({ name, value }) => ({ name: longNames[name] ?? name, value }))
  if (isGiven(options, 'version')) return { ok: true, options: versionOnly }
  const urls = [...allValues(options, 'url'), ...read.operands]
  if (urls.length === 0) return { ok: false, message: advice, exitCode: 2 }
  const body = bodyOf(allValues(options, 'data', 'data-raw', 'data-binary'))
  const headOnly = isGiven(options, 'head')
  const userAgent = lastValue(options, 'user-agent')
  const output = isGiven(options, 'remote-name') ? remoteName(urls[0] ?? '') : lastValue(options, 'output')
  const writeOut = lastValue(options, 'write-out')
  const cacert = lastValue(options, 'cacert')
  const maxTimeMs = spanMs(lastValue(options, 'max-time'))
  const connectTimeoutMs = spanMs(lastValue(options, 'connect-timeout'))
  return {
    ok: true,
    options: {
      urls,
      method: lastValue(options, 'request') ?? (headOnly ? 'HEAD' : body === undefined ? 'GET' : 'POST'),
      headers: allValues(options, 'header'),
      ...(body !== undefined && { body }),
      ...(userAgent !== undefined && { userAgent }),
      verbose: isGiven(options, 'verbose'),
      silent: isGiven(options, 'silent'),
      showError: isGiven(options, 'show-error'),
      include: isGiven(options, 'include') || headOnly,
      headOnly,
      fail: isGiven(options, 'fail'),
      follow: isGiven(options, 'location'),
      insecure: isGiven(options, 'insecure'),
      ...(cacert !== undefined && { cacert }),
      http1: isGiven(options, 'http1.1'),
      ...(output !== undefined && { output }),
      ...(writeOut !== undefined && { writeOut }),
      ...(maxTimeMs !== undefined && { maxTimeMs }),
      ...(connectTimeoutMs !== undefined && { connectTimeoutMs }),
      resolve: allValues(options, 'resolve').flatMap(readResolve),
      connectTo: allValues(options, 'connect-to').map(readConnectTo),
    },
  }
}

const versionOnly: CurlOptions = {
  urls: [],
  method: 'VERSION',
  headers: [],
  verbose: false,
  silent: false,
  showError: false,
  include: false,
  headOnly: false,
  fail: false,
  follow: false,
  insecure: false,
  http1: false,
  resolve: [],
  connectTo: [],
}

function refuse(option: string, problem: 'unknown' | 'needs-value'): ReadCurl {
  const name = option.replace(/^-+/, '').split('=')[0] ?? ''
  if (problem === 'needs-value') {
    return { ok: false, message: `curl: option ${option}: requires parameter\n${advice}`, exitCode: 2 }
  }
  if (notSimulated.includes(name)) {
    return { ok: false, message: `podpath: curl ${option} is not simulated\n`, exitCode: 2 }
  }
  return { ok: false, message: `curl: option ${option}: is unknown\n${advice}`, exitCode: 2 }
}

/** Several `-d` are joined by `&`. */
function bodyOf(data: readonly string[]): string | undefined {
  return data.length === 0 ? undefined : data.join('&')
}

function spanMs(seconds: string | undefined): number | undefined {
  const value = Number(seconds)
  return seconds === undefined || !(value > 0) ? undefined : Math.round(value * 1000)
}

function remoteName(url: string): string {
  const path = url.replace(/^[a-z]+:\/\/[^/]*/, '').replace(/[?#].*$/s, '')
  return path.slice(path.lastIndexOf('/') + 1)
}

function readResolve(entry: string) {
  const match = /^\+?([^:]+):(\d+):(.+)$/.exec(entry)
  if (match === null) return []
  return [{ host: match[1] ?? '', port: Number(match[2]), address: (match[3] ?? '').replace(/^\[|\]$/g, '') }]
}

function readConnectTo(entry: string) {
  const [host = '', port = '', toHost = '', toPort = ''] = entry.split(':')
  return { host, port, toHost, toPort }
}
