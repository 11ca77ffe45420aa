/** Tells a lookup's own steps, which are no packets: what the resolver read, what it asked again, what came of it. */
import type { Origin } from '../cluster/object-ref.ts'
import type { ResolverFlavour } from '../dns/flavour.ts'
import { lookupHosts, type HostsFile } from '../dns/hosts-file.ts'
import { isWaiting, ladderOf } from '../dns/ladder.ts'
import { printResolvConf, type ResolvConf } from '../dns/resolv-conf.ts'
import type { Outcome, Resolution } from '../dns/resolver-step.ts'
import { hopText } from '../phrase.ts'
import { ladderEvidence } from './name-evidence.ts'
import { questionHeader } from './question-header.ts'
import type { HopDraft } from './recorder.ts'
import type { Run } from './run.ts'
import { placeOf } from './subjects.ts'
import type { Place } from './vantage.ts'

/** A name on its way to addresses, and what its resolver goes by. */
export interface Lookup {
  readonly place: Place
  readonly name: string
  readonly conf: ResolvConf
  /** The fields behind resolv.conf. */
  readonly origins: readonly Origin[]
  readonly flavour: ResolverFlavour
  readonly hosts: HostsFile
}

/** The resolver reads resolv.conf and makes its list of names. */
export function tellResolver(run: Run, exchange: number, lookup: Lookup): void {
  const { place, name, conf, origins, flavour } = lookup
  const dots = name.split('.').length - 1
  const ladder = ladderOf(name, conf, flavour)
  const first = ladder.find(isWaiting)?.reason.kind
  const list = flavour === 'busybox-nslookup' ? 'read-resolver-burst' : 'read-resolver-list'
  run.recorder.hop({
    ...common(run, exchange, lookup),
    kind: 'read-resolver',
    direction: 'request',
    ...hopText(first === 'in-list' ? list : 'read-resolver-absolute', {
      name,
      dots,
      ndots: conf.ndots,
      flavour: programs[flavour],
      why: whyAsTyped(lookup, dots),
    }),
    basis: place.kind === 'pod' ? 'computed' : 'assumed',
    evidence: [ladderEvidence(ladder, printResolvConf(conf))],
    origins,
  })
}

/** Why a name is asked as it stands before any other. */
function whyAsTyped(
  { name, conf, flavour }: Lookup,
  dots: number,
): 'finalDot' | 'noList' | 'dots' | 'program' {
  if (name.endsWith('.')) return 'finalDot'
  if (conf.searches.length === 0) return 'noList'
  return dots >= conf.ndots && flavour !== 'busybox-nslookup' ? 'dots' : 'program'
}

/** As their users call them. */
const programs: Readonly<Record<ResolverFlavour, string>> = {
  musl: 'musl',
  glibc: 'glibc',
  'busybox-nslookup': 'BusyBox nslookup',
  dig: 'dig',
  'dig-search': 'dig +search',
  host: 'host',
  nslookup: 'nslookup',
}

/** The same question once more, and more than once: told as one hop, since the same things happen. */
export function tellAskedAgain(run: Run, exchange: number, lookup: Lookup, count: number): void {
  run.recorder.hop({
    ...common(run, exchange, lookup),
    kind: 'retransmit',
    direction: 'request',
    ...hopText('asked-again', { count }),
  })
}

/** One of the answers of a send is missing, and its time has passed. */
export function tellAnswerMissing(
  run: Run,
  exchange: number,
  lookup: Lookup,
  types: string,
  waitMs: number,
): void {
  run.recorder.hop({
    ...common(run, exchange, lookup),
    kind: 'silence',
    phase: 'drop',
    direction: 'reply',
    ...hopText('answer-missing', { types, seconds: waitMs / 1000 }),
  })
}

/** What the program gets. */
export function tellResolved(run: Run, exchange: number, lookup: Lookup, resolution: Resolution): void {
  const { outcome } = resolution
  const values = {
    name: lookup.name,
    address: outcome.kind === 'found' ? outcome.addresses.join(', ') : '',
    rcode: outcome.kind === 'reply' ? outcome.message.rcode : '',
    flaw: outcome.kind === 'failed' ? flawWord(outcome.flaw) : '',
  }
  run.recorder.hop({
    ...common(run, exchange, lookup),
    kind: 'receive',
    phase: outcome.kind === 'failed' ? 'drop' : 'dns',
    direction: 'reply',
    ...hopText(`resolved-${endOf(outcome, lookup)}`, values),
    evidence: [ladderEvidence(resolution.ladder, printResolvConf(lookup.conf))],
  })
}

/** As the sentence chooses by it. */
function flawWord(flaw: Extract<Outcome, { kind: 'failed' }>['flaw']): string {
  switch (flaw) {
    case 'label-too-long':
      return 'labelTooLong'
    case 'name-too-long':
      return 'nameTooLong'
    case 'not-ascii':
      return 'notAscii'
    case 'empty-label':
    case 'empty-name':
      return 'emptyLabel'
    case undefined:
      return ''
  }
}

function endOf(outcome: Outcome, { hosts, name }: Lookup) {
  switch (outcome.kind) {
    case 'found':
      return lookupHosts(hosts, name).length > 0 ? 'hosts' : 'found'
    case 'reply':
      return 'reply'
    case 'failed':
      return outcome.error
  }
}

function common(
  run: Run,
  exchange: number,
  { place, name, conf }: Lookup,
): Pick<HopDraft, 'exchange' | 'phase' | 'packetId' | 'place' | 'subject' | 'before'> {
  return {
    exchange,
    phase: 'dns',
    packetId: run.recorder.newPacket(),
    place: placeOf(run.world.cluster(), place.party.host, 'resolver'),
    subject: place.party.subject,
    before: questionHeader(run, place.party, conf, name),
  }
}
