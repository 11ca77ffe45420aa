/** Cases measured on real programs: which questions go out, in which batches, when, and how it ends. */
import type { Printed } from '../../shell/lookups/printed.ts'
import { openStream } from '../../sim/draw.ts'
import type { ResolverFlavour } from '../../sim/dns/flavour.ts'
import { parseHosts } from '../../sim/dns/hosts-file.ts'
import type { DnsMessage, RecordType } from '../../sim/dns/message.ts'
import type { AskedServer, NameTalk, ToldSending } from '../../sim/dns/name-question.ts'
import { parseResolvConf } from '../../sim/dns/resolv-conf.ts'
import type { ResolvConf } from '../../sim/dns/resolv-conf.ts'
import { resolve } from '../../sim/dns/resolver.ts'
import type { Resolution, ResolverStep, ServerReply } from '../../sim/dns/resolver-step.ts'
import { parseIp, type IpAddress } from '../../sim/network/address.ts'
import { differs, questionText, serverReply } from './dns-golden.ts'
import type { Difference, GoldenQuery, ResolverCase } from './dns-golden.ts'
import { printAsk } from './print-ask.ts'
import { nameCommandOf, withoutChance, type NameCommand, type Surroundings } from './printed-command.ts'

/** The first difference, or undefined. */
export function runResolverCase(golden: ResolverCase): Difference | undefined {
  const command = nameCommandOf(golden.given.command, surroundingsOf(golden))
  const steps: SentStep[] = []
  const talks: NameTalk[] = []
  let startMs = 0
  for (const lookup of command === undefined ? [libraryLookup(golden)] : lookupsOf(golden, command)) {
    const talk = drive(golden, lookup, startMs, steps)
    startMs += talk.resolution.tookMs
    talks.push(talk)
    if (talk.resolution.outcome.kind !== 'failed') break
  }
  const [first, ...others] = talks
  if (first === undefined) return { expected: 'a lookup', got: 'none' }
  const { resolution } = others.at(-1) ?? first
  return (
    compareQueries(golden, batchesOf(steps)) ??
    compareHeaders(golden, steps) ??
    compareSeconds(golden, startMs) ??
    (command === undefined
      ? (differs(golden.expect.exit, exitOf(golden.given.command, resolution)) ??
        compareOutput(golden, resolution))
      : comparePrinted(golden, command.print([first, ...others])))
  )
}

interface LookupRequest {
  readonly name: string
  readonly flavour: ResolverFlavour
  readonly conf: ResolvConf
  readonly types?: readonly RecordType[]
  readonly told?: ToldSending
  readonly server?: IpAddress
  readonly usesTruncated?: boolean
}

function surroundingsOf({ given }: ResolverCase): Surroundings {
  const library = given.client.startsWith('musl') ? 'musl' : 'glibc'
  return { library, hosts: parseHosts(given.hosts ?? '127.0.0.1 localhost\n') }
}

/** The lookups of a program that prints what it gets. `AI_ADDRCONFIG`: without an IPv6 address `getent ahosts` asks for no AAAA. */
function lookupsOf(golden: ResolverCase, { flavour, questions }: NameCommand): readonly LookupRequest[] {
  const conf = parseResolvConf(golden.given.resolvConf, flavour)
  return questions.map(({ name, types, told, server }) => {
    const address = parseIp(server ?? '')
    const asked =
      types ?? (golden.given.command[1] === 'ahosts' && !hasIpv6(golden) ? ['A' as const] : undefined)
    return {
      name,
      flavour,
      conf,
      ...(asked === undefined ? {} : { types: asked }),
      ...(told === undefined ? {} : { told }),
      ...(address === undefined ? {} : { server: address }),
    }
  })
}

/** The lookup of a program that calls getaddrinfo. */
function libraryLookup({ given }: ResolverCase): LookupRequest {
  const isBusybox = given.command[0] === 'busybox'
  const [program = '', ...args] = isBusybox ? given.command.slice(1) : given.command
  const flavour = given.client.startsWith('musl') || isBusybox ? 'musl' : 'glibc'
  const name = program === 'ask' ? (args[0] ?? '') : (args.at(-1) ?? '')
  return {
    name: name.replace(/^https?:\/\//, '').replace(/\/.*/, ''),
    flavour,
    conf: parseResolvConf(given.resolvConf, flavour),
    ...(program === 'ask' && args[1] === '4' ? { types: ['A' as const] } : {}),
    ...(given.client === 'musl-1.2.3' ? { usesTruncated: true } : {}),
  }
}

function hasIpv6(golden: ResolverCase): boolean {
  const addresses = golden.given.clientAddresses ?? ['172.31.239.200/32', 'fe80::1/64']
  return addresses.some((address) => address.includes(':'))
}

interface SentStep {
  readonly step: ResolverStep
  readonly replies: readonly ServerReply[]
  readonly atMs: number
}

function drive(golden: ResolverCase, request: LookupRequest, startMs: number, sent: SentStep[]): NameTalk {
  const { hosts } = surroundingsOf(golden)
  const asked: AskedServer[] = []
  const resolving = resolve({ ...request, hosts, draw: openStream(1, golden.name) })
  let next = resolving.next([])
  while (next.done !== true) {
    const step = next.value
    const replies = step.queries.map((query) =>
      serverReply(golden.given.server, step.server, query, step.transport),
    )
    sent.push({ step, replies, atMs: startMs + step.atMs })
    const { server, transport, rung } = step
    for (const [index, query] of step.queries.entries())
      asked.push({ server, transport, rung, query, reply: replies[index] ?? { kind: 'silence' } })
    next = resolving.next(replies)
  }
  return { resolution: next.value, asked }
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

/** How a program ends on what getaddrinfo gave it. */
function exitOf(command: readonly string[], { outcome }: Resolution): number {
  const isBusybox = command[0] === 'busybox'
  if (outcome.kind !== 'failed') return 0
  const [program = ''] = isBusybox ? command.slice(1) : command
  switch (program) {
    case 'curl':
      return 6
    case 'wget':
      return isBusybox ? 1 : 4
    case 'ping':
      return isBusybox ? 1 : 2
    default:
      return 2
  }
}

function comparePrinted({ expect }: ResolverCase, printed: Printed): Difference | undefined {
  const { exit, stdout, stderr } = expect
  return (
    differs(withoutChance(stdout), withoutChance(printed.stdout)) ??
    differs([exit, stderr], [printed.exitCode, printed.stderr])
  )
}

/** The lines of `ask`; what curl, wget and ping print is compared with the terminal's cases. */
function compareOutput(golden: ResolverCase, resolution: Resolution): Difference | undefined {
  if (golden.given.command[0] !== 'ask') return undefined
  const library = golden.given.client.startsWith('musl') ? 'musl' : 'glibc'
  return differs(golden.expect.stdout, printAsk(library, resolution).stdout)
}
