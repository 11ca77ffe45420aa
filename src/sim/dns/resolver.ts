/**
 * The stub resolver: what a program asks, in which order, of whom, and what it makes of the replies. It sends nothing itself; it yields
 * each send and is given the replies, so that the packets can travel through the simulated network in between.
 */
import type { Draw } from '../draw.ts'
import { ipVersion, parseIp, type IpAddress } from '../network/address.ts'
import { addressOfReverse, nameFlaw, reverseName } from './domain-name.ts'
import type { ResolverFlavour } from './flavour.ts'
import { inOrder } from './found-addresses.ts'
import { lookupHosts, lookupHostsAddress } from './hosts-file.ts'
import type { HostsFile } from './hosts-file.ts'
import { isWaiting, ladderOf } from './ladder.ts'
import type { Rung } from './ladder.ts'
import type { Lookup } from './lookup.ts'
import type { RecordType } from './message.ts'
import type { ToldSending } from './name-question.ts'
import { parseResolvConf, printResolvConf } from './resolv-conf.ts'
import type { ResolvConf } from './resolv-conf.ts'
import { resolveBind } from './resolver-bind.ts'
import { resolveBusybox } from './resolver-busybox.ts'
import { resolveGlibc } from './resolver-glibc.ts'
import { resolveMusl } from './resolver-musl.ts'
import type { Outcome, Resolution, ResolverStep, ServerReply } from './resolver-step.ts'

/**
 * Resolves a name as the flavour does. Cannot fail otherwise than by its outcome. Time passes only by the replies' `afterMs` and by waits.
 * @param input.conf the file; it is read once more by the flavour's own rules, so one `ResolvConf` serves every program of a Pod
 * @param input.types default: A and AAAA (getaddrinfo, nslookup), A (dig), A, AAAA and MX (host); PTR for an address, except with dig
 * @param input.hosts /etc/hosts; only getaddrinfo reads it
 * @param input.server asked in place of those of the file; BusyBox nslookup then reads no search list either
 * @param input.usesTruncated musl before 1.2.4 (Alpine before 3.18): a truncated answer is used as it came, without TCP
 * @param input.draw ids and cookies, one or two draws a query
 */
export function* resolve(input: {
  readonly name: string
  readonly conf: ResolvConf
  readonly flavour: ResolverFlavour
  readonly types?: readonly RecordType[]
  readonly hosts?: HostsFile
  readonly server?: IpAddress
  readonly told?: ToldSending
  readonly usesTruncated?: boolean
  readonly draw: Draw
}): Generator<ResolverStep, Resolution, readonly ServerReply[]> {
  const conf = asTold(parseResolvConf(printResolvConf(input.conf), input.flavour), input)
  const { name, types } = questionFor(input)
  const ladder = ladderOf(name, conf, input.flavour)
  const flaw = flawOf(name, input.flavour)
  if (flaw !== undefined) {
    const outcome = { kind: 'failed', error: 'illegal', code: illegalCode(input.flavour), flaw } as const
    return unasked(outcome, { ladder, conf }, { kind: 'illegal' })
  }
  const known = knownWithoutDns(input)
  if (known !== undefined) return unasked(known.outcome, { ladder, conf }, known.reason)
  const lookup: Lookup = {
    name,
    flavour: input.flavour,
    conf,
    types,
    draw: input.draw,
    ladder,
    nowMs: 0,
    told: input.told ?? {},
    usesTruncated: input.usesTruncated ?? false,
  }
  switch (input.flavour) {
    case 'glibc':
      return yield* resolveGlibc(lookup)
    case 'musl':
      return yield* resolveMusl(lookup)
    case 'busybox-nslookup':
      return yield* resolveBusybox(lookup)
    case 'dig':
    case 'dig-search':
    case 'host':
    case 'nslookup':
      return yield* resolveBind(lookup)
  }
}

/** What the file says, but for what the command line says. */
function asTold(
  conf: ResolvConf,
  input: { readonly server?: IpAddress; readonly told?: ToldSending; readonly flavour: ResolverFlavour },
): ResolvConf {
  const { server, told, flavour } = input
  return {
    ...conf,
    ...(server === undefined ? {} : { nameservers: [server] }),
    ...(server === undefined || flavour !== 'busybox-nslookup' ? {} : { searches: [] }),
    ...(told?.attempts === undefined ? {} : { attempts: told.attempts }),
    ...(told?.timeoutSeconds === undefined ? {} : { timeoutSeconds: told.timeoutSeconds }),
  }
}

/** The name and types that are asked: host and both nslookups turn an address into its reverse name. */
function questionFor(input: {
  readonly name: string
  readonly flavour: ResolverFlavour
  readonly conf: ResolvConf
  readonly types?: readonly RecordType[]
}): { readonly name: string; readonly types: readonly RecordType[] } {
  const { name, flavour } = input
  const address = parseIp(name)
  switch (flavour) {
    case 'glibc':
      return { name, types: withoutAaaa(input.types ?? ['A', 'AAAA'], input.conf) }
    case 'musl':
      return { name, types: input.types ?? ['A', 'AAAA'] }
    case 'dig':
    case 'dig-search':
      return { name, types: input.types ?? ['A'] }
    case 'host':
      if (address !== undefined) return { name: reverseName(address), types: input.types ?? ['PTR'] }
      return { name, types: input.types ?? ['A', 'AAAA', 'MX'] }
    case 'nslookup':
    case 'busybox-nslookup':
      if (address !== undefined) return { name: reverseName(address), types: input.types ?? ['PTR'] }
      return { name, types: input.types ?? ['A', 'AAAA'] }
  }
}

/** `options no-aaaa`, glibc 2.36. */
function withoutAaaa(types: readonly RecordType[], conf: ResolvConf): readonly RecordType[] {
  return conf.options.includes('no-aaaa') ? types.filter((type) => type !== 'AAAA') : types
}

/** glibc in the C locale takes ASCII alone; the others send the octets as they are. */
function flawOf(name: string, flavour: ResolverFlavour) {
  const ascii = flavour !== 'glibc' || /^[\0-\x7f]*$/.test(name)
  return nameFlaw(name) ?? (ascii ? undefined : ('not-ascii' as const))
}

function illegalCode(flavour: ResolverFlavour): number {
  switch (flavour) {
    case 'glibc':
    case 'musl':
      return -2
    case 'dig':
    case 'dig-search':
      return 10
    case 'host':
    case 'nslookup':
    case 'busybox-nslookup':
      return 1
  }
}

/** An address in digits, a name of /etc/hosts with an address of the wanted family, or an address that it names. */
function knownWithoutDns(input: {
  readonly name: string
  readonly types?: readonly RecordType[]
  readonly flavour: ResolverFlavour
  readonly hosts?: HostsFile
}): { readonly outcome: Outcome; readonly reason: Rung['reason'] } | undefined {
  if (input.flavour !== 'glibc' && input.flavour !== 'musl') return undefined
  const { hosts = { lines: [] }, types = ['A', 'AAAA'] } = input
  const literal = parseIp(input.name)
  const known = literal === undefined ? lookupHosts(hosts, input.name) : [literal]
  const addresses = types.includes('PTR')
    ? namedInHosts(hosts, input.name)
    : inOrder(known.filter((address) => types.includes(ipVersion(address) === 4 ? 'A' : 'AAAA')))
  if (addresses.length === 0) return undefined
  const reason: Rung['reason'] = { kind: literal === undefined ? 'hosts-file' : 'literal-address' }
  return { outcome: { kind: 'found', addresses, records: [], name: input.name }, reason }
}

/** The address of a reverse name, where the file has a line for it (gethostbyaddr). */
function namedInHosts(hosts: HostsFile, name: string): readonly IpAddress[] {
  const address = addressOfReverse(name)
  return address !== undefined && lookupHostsAddress(hosts, address) !== undefined ? [address] : []
}

function unasked(
  outcome: Outcome,
  { ladder, conf }: Required<Pick<Resolution, 'ladder' | 'conf'>>,
  reason: Rung['reason'],
): Resolution {
  const left = ladder.map((rung) => (isWaiting(rung) ? { ...rung, reason } : rung))
  return { outcome, ladder: left, conf, tookMs: 0 }
}
