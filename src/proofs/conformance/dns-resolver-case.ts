/** Cases measured on real programs: which questions go out, in which batches, when, and how it ends. */
import type { ResolverFlavour } from '../../sim/dns/flavour.ts'
import { parseHosts } from '../../sim/dns/hosts-file.ts'
import type { DnsMessage, RecordType } from '../../sim/dns/message.ts'
import { parseResolvConf } from '../../sim/dns/resolv-conf.ts'
import type { ResolvConf } from '../../sim/dns/resolv-conf.ts'
import { resolve } from '../../sim/dns/resolver.ts'
import type { Resolution, ResolverStep, ServerReply } from '../../sim/dns/resolver-step.ts'
import { reverseName } from '../../sim/dns/domain-name.ts'
import { parseIp } from '../../sim/network/address.ts'
import { openStream } from '../../sim/draw.ts'
import { differs, questionText, serverReply } from './dns-golden.ts'
import type { Difference, GoldenQuery, ResolverCase } from './dns-golden.ts'

/** The first difference, or undefined. */
export function runResolverCase(golden: ResolverCase): Difference | undefined {
  const lookups = lookupsOf(golden)
  const steps: SentStep[] = []
  const results: Resolution[] = []
  let startMs = 0
  for (const lookup of lookups) {
    const result = drive(golden, lookup, startMs, steps)
    startMs += result.tookMs
    results.push(result)
    if (result.outcome.kind === 'found') break
  }
  const batches = batchesOf(steps)
  const last = results.at(-1)
  return (
    compareQueries(golden, batches) ??
    compareHeaders(golden, steps) ??
    compareSeconds(golden, startMs) ??
    differs(golden.expect.exit, last === undefined ? 0 : exitOf(golden.given.command, last)) ??
    compareOutput(golden, last)
  )
}

interface LookupRequest {
  readonly name: string
  readonly flavour: ResolverFlavour
  readonly conf: ResolvConf
  readonly types?: readonly RecordType[]
  readonly usesTruncated?: boolean
}

interface SentStep {
  readonly step: ResolverStep
  readonly replies: readonly ServerReply[]
  readonly atMs: number
}

/** The lookups that the command makes. */
function lookupsOf(golden: ResolverCase): readonly LookupRequest[] {
  const { command, client, resolvConf } = golden.given
  const [program = '', ...words] = command[0] === 'busybox' ? command.slice(1).map((word) => word) : command
  const busybox = command[0] === 'busybox'
  const args = words.filter((word) => !/^[-+]/.test(word))
  const [name = '', server] = args
  const libc: ResolverFlavour = client.startsWith('musl') || busybox ? 'musl' : 'glibc'
  const read = (flavour: ResolverFlavour) => parseResolvConf(resolvConf, flavour)
  const asked = (flavour: ResolverFlavour, host: string, types?: readonly RecordType[]): LookupRequest => ({
    name: host,
    flavour,
    conf: read(flavour),
    ...(types === undefined ? {} : { types }),
    ...(client === 'musl-1.2.3' ? { usesTruncated: true } : {}),
  })
  switch (program) {
    case 'ask':
      return [asked(libc, name, args[1] === '4' ? ['A'] : undefined)]
    case 'curl':
    case 'wget':
      return [asked(libc, (args.at(-1) ?? '').replace(/^https?:\/\//, '').replace(/\/.*/, ''))]
    case 'ping':
      return [asked(libc, args.at(-1) ?? '')]
    case 'getent':
      if (args[0] === 'hosts')
        return [asked('glibc', args[1] ?? '', ['AAAA']), asked('glibc', args[1] ?? '', ['A'])]
      return [asked('glibc', args[1] ?? '', hasIpv6(golden) ? undefined : ['A'])]
    case 'dig':
      return [digLookup(words, asked)]
    case 'host':
      return [withServer(asked('host', name), server)]
    default:
      if (!busybox) return [withServer(asked('nslookup', name), server)]
      return [withServer(asked('busybox-nslookup', name), server, { searches: [] })]
  }
}

function hasIpv6(golden: ResolverCase): boolean {
  const addresses = golden.given.clientAddresses ?? ['172.31.239.200/32', 'fe80::1/64']
  return addresses.some((address) => address.includes(':'))
}

function digLookup(
  words: readonly string[],
  asked: (flavour: ResolverFlavour, host: string, types?: readonly RecordType[]) => LookupRequest,
): LookupRequest {
  const flavour = words.includes('+search') ? 'dig-search' : 'dig'
  const reverse = words.indexOf('-x')
  const address = reverse < 0 ? undefined : parseIp(words[reverse + 1] ?? '')
  if (address !== undefined) return asked(flavour, reverseName(address), ['PTR'])
  const types: readonly RecordType[] = ['A', 'AAAA', 'SRV', 'PTR', 'TXT', 'NS', 'SOA', 'CNAME', 'MX']
  const type = types.find((each) => words.includes(each))
  const name = words.find((word) => !word.startsWith('+') && word !== type) ?? '.'
  return asked(flavour, name, type === undefined ? undefined : [type])
}

function withServer(
  request: LookupRequest,
  server: string | undefined,
  over: Partial<ResolvConf> = {},
): LookupRequest {
  const address = parseIp(server ?? '')
  return address === undefined
    ? request
    : { ...request, conf: { ...request.conf, nameservers: [address], ...over } }
}

function drive(golden: ResolverCase, request: LookupRequest, startMs: number, sent: SentStep[]): Resolution {
  const hosts = parseHosts(golden.given.hosts ?? '127.0.0.1 localhost\n')
  const resolving = resolve({ ...request, hosts, draw: openStream(1, golden.name) })
  let next = resolving.next([])
  while (next.done !== true) {
    const step = next.value
    const replies = step.queries.map((query) =>
      serverReply(golden.given.server, step.server, query, step.transport),
    )
    sent.push({ step, replies, atMs: startMs + step.atMs })
    next = resolving.next(replies)
  }
  return next.value
}

interface Batch {
  ask: readonly string[]
  got: readonly string[]
  readonly to: string
  readonly withPrevious: boolean
  readonly proto: 'UDP' | 'TCP'
  readonly atMs: number
}

/** Steps that were sent together to one server are one batch. */
function batchesOf(steps: readonly SentStep[]): readonly Batch[] {
  const batches: Batch[] = []
  for (const { step, replies, atMs } of steps) {
    const before = batches.at(-1)
    const ask = step.queries.map(questionText)
    const got = step.queries.map((_, at) => replyText(replies[at]))
    if (step.withPrevious && before?.to === step.server) {
      before.ask = [...before.ask, ...ask]
      before.got = [...before.got, ...got]
    } else
      batches.push({
        ask,
        got,
        to: step.server,
        withPrevious: step.withPrevious,
        proto: step.transport,
        atMs,
      })
  }
  return batches
}

function replyText(reply: ServerReply | undefined): string {
  switch (reply?.kind) {
    case 'reply':
      if (reply.message.flags.tc) return 'TC'
      return reply.message.rcode === 'NOERROR' && reply.message.answer.length === 0
        ? 'NODATA'
        : reply.message.rcode
    case 'port-unreachable':
      return 'refused'
    case 'silence':
    case undefined:
      return 'none'
  }
}

function compareQueries(golden: ResolverCase, batches: readonly Batch[]): Difference | undefined {
  const wanted = golden.expect.queries
  const shown = batches.map((batch, at) => ({
    ask: inOrderOf(wanted[at]?.ask, batch.ask),
    got:
      wanted[at]?.ask.join() === inOrderOf(wanted[at]?.ask, batch.ask).join()
        ? reorder(wanted[at]?.ask, batch)
        : batch.got,
    ...(batch.proto === 'TCP' ? { proto: 'TCP' } : {}),
    ...(wanted[at]?.to === undefined ? {} : { to: batch.to }),
    ...(batch.withPrevious ? { with: 'previous' } : {}),
  }))
  const expected = wanted.map(({ ask, got, proto, to, with: together }) => ({
    ask,
    got,
    ...(proto === undefined ? {} : { proto }),
    ...(to === undefined ? {} : { to }),
    ...(together === undefined ? {} : { with: together }),
  }))
  return differs(expected, shown) ?? compareTimes(wanted, batches)
}

/** Retries may come in the other order: the same questions count as the same batch. */
function inOrderOf(wanted: readonly string[] | undefined, ask: readonly string[]): readonly string[] {
  return wanted !== undefined && wanted.toSorted().join() === ask.toSorted().join() ? wanted : ask
}

function reorder(wanted: readonly string[] | undefined, batch: Batch): readonly string[] {
  return (wanted ?? batch.ask).map((question) => batch.got[batch.ask.indexOf(question)] ?? 'none')
}

function compareTimes(wanted: readonly GoldenQuery[], batches: readonly Batch[]): Difference | undefined {
  for (const [at, query] of wanted.entries()) {
    const batch = batches[at]
    if (batch === undefined) continue
    const nameOf = (text: string | undefined) => text?.split(' ')[0]
    const first = batches.find((each) => nameOf(each.ask[0]) === nameOf(batch.ask[0]))
    const since = query.at === undefined ? (batches[at - 1]?.atMs ?? batch.atMs) : (first?.atMs ?? 0)
    const seconds = (batch.atMs - since) / 1000
    const due = query.at ?? query.waited
    // A batch without a time came at once, or after the replies that it waited for.
    if (due !== undefined && Math.abs(seconds - due) > 0.2)
      return { expected: `${query.ask.join()} at ${due} s`, got: `${seconds} s` }
    if (due === undefined && query.with === undefined && seconds > 0.5 && at > 0 && !silentBefore(wanted, at))
      return { expected: `${query.ask.join()} at once`, got: `after ${seconds} s` }
  }
  return undefined
}

function silentBefore(wanted: readonly GoldenQuery[], at: number): boolean {
  return wanted[at - 1]?.got.includes('none') ?? false
}

function compareHeaders(golden: ResolverCase, steps: readonly SentStep[]): Difference | undefined {
  const expected = [golden.expect.header].flat().join(' ')
  const headers = new Set(steps.flatMap(({ step }) => step.queries.map(headerText)))
  return differs(expected, [...headers].join(' | '))
}

function headerText(query: DnsMessage): string {
  const { flags, edns } = query
  const words = [flags.rd ? 'rd' : '', flags.ad ? 'ad' : '', edns === undefined ? '' : `edns:${edns.udpSize}`]
  return [...words, edns?.cookie === undefined ? '' : 'cookie'].filter((word) => word !== '').join(' ')
}

function compareSeconds(golden: ResolverCase, tookMs: number): Difference | undefined {
  const expected = golden.expect.seconds ?? 0
  const got = tookMs / 1000
  return Math.abs(got - expected) <= 1 ? undefined : { expected: `${expected} s`, got: `${got} s` }
}

/** How the program ends on what its lookup gave. */
function exitOf(command: readonly string[], { outcome }: Resolution): number {
  const busybox = command[0] === 'busybox'
  const program = busybox ? command[1] : command[0]
  if (outcome.kind === 'found') return 0
  if (outcome.kind === 'failed') {
    if (program === 'curl') return 6
    if (program === 'wget') return busybox ? 1 : 4
    if (program === 'ping') return busybox ? 1 : 2
    return outcome.code < 0 ? 2 : outcome.code
  }
  const bad = [outcome.message, ...(busybox ? outcome.others : [])].some(
    (message) => message.rcode !== 'NOERROR',
  )
  return program !== 'dig' && bad ? 1 : 0
}

const eaiTexts: Readonly<Record<string, string>> = {
  'glibc -2': 'Name or service not known',
  'glibc -3': 'Temporary failure in name resolution',
  'glibc -5': 'No address associated with hostname',
  'musl -2': 'Name does not resolve',
  'musl -3': 'Try again',
  'musl -5': 'Name has no usable address',
}

/** The lines of `ask`; other programs' texts are the shell's. */
function compareOutput(golden: ResolverCase, last: Resolution | undefined): Difference | undefined {
  if (golden.given.command[0] !== 'ask' || last === undefined) return undefined
  const { outcome } = last
  const libc = golden.given.client.startsWith('musl') ? 'musl' : 'glibc'
  if (outcome.kind === 'found')
    return differs(golden.expect.stdout, outcome.addresses.map((each) => `${each}\n`).join(''))
  if (outcome.kind === 'reply') return { expected: golden.expect.stdout, got: 'a bare reply' }
  return differs(golden.expect.stdout, `error ${outcome.code}: ${eaiTexts[`${libc} ${outcome.code}`]}\n`)
}
