/**
 * One packet through one hook, all tables in the kernel's order, with connection tracking and nat where they stand between them.
 * Models Linux include/uapi/linux/netfilter_ipv4.h (the priorities), nf_conntrack_core.c and nf_nat_core.c.
 * Left out: fragments.
 */
import type { Packet } from '../network/packet.ts'
import {
  addEntry,
  findEntry,
  removeEntries,
  replaceEntry,
  type ConntrackEntry,
  type ConntrackTable,
} from './conntrack.ts'
import { countMore, type ConntrackCount } from './conntrack-statistics.ts'
import { countWalk } from './count-rules.ts'
import type {
  HookContext,
  HookPass,
  HookVerdict,
  NetfilterState,
  Rewrite,
  Tracking,
  TriedRule,
} from './evaluation.ts'
import { passIpvs } from './ipvs-stations.ts'
import { passNftFilter, walkNft } from './nft-stations.ts'
import { momentOf, type Passage } from './passage.ts'
import type { Hook, RuleId, Table, TableName } from './ruleset.ts'
import { trackPacket } from './track-packet.ts'
import { applyRewrite, decideRewrite, rewriteKindOf } from './translate.ts'
import { sameTuple, tupleOf } from './tuple.ts'
import type { NatTarget, TableVerdict } from './table-verdict.ts'
import { triedIn, walkTable } from './walk-table.ts'

/**
 * Sends a packet through one hook.
 * nat is asked for the first packet of a connection alone; later ones and replies are rewritten as conntrack remembers. A new
 * connection enters the table when its first packet leaves POSTROUTING or INPUT, so a dropped one leaves nothing behind.
 * @returns the verdict with every rule tried, every rewrite, and the state that the next packet meets
 */
export function passHook(state: NetfilterState, hook: Hook, packet: Packet, context: HookContext): HookPass {
  const untouched: Passage = {
    hook,
    context,
    before: packet,
    packet,
    state,
    tracking: { kind: 'invalid' },
    isFirst: false,
    verdict: { kind: 'accept' },
    walks: [],
    rewrites: [],
    triedNft: [],
  }
  let passage = untouched
  for (const station of stations[hook]) {
    passage = visit(station, passage)
    if (passage.verdict.kind !== 'accept') break
  }
  return leave(passage)
}

/** nat's priority at PREROUTING and OUTPUT (NF_IP_PRI_NAT_DST). */
const NAT_DST = -100

type Station = TableName | 'track' | 'confirm' | 'ipvs-reply' | 'ipvs-request' | 'nft-early' | 'nft-filter'

/**
 * By priority: raw −300, conntrack −200, mangle −150, nat DST −100, filter 0, security 50, nat SRC 100, confirm last; IPVS right behind
 * nat in OUTPUT (−99, −98), right before it in INPUT (98, 99), and at 100 in FORWARD (ip_vs_core.c, ip_vs_ops4). nftables' filter
 * chains have numbers of their own: those below −100 see a packet before nat does, the others beside filter.
 */
const stations: Readonly<Record<Hook, readonly Station[]>> = {
  PREROUTING: ['raw', 'track', 'mangle', 'nft-early', 'nat'],
  INPUT: [
    'track',
    'mangle',
    'filter',
    'nft-filter',
    'security',
    'ipvs-reply',
    'ipvs-request',
    'nat',
    'confirm',
  ],
  FORWARD: ['track', 'mangle', 'filter', 'nft-filter', 'security', 'ipvs-reply'],
  OUTPUT: [
    'raw',
    'track',
    'mangle',
    'nft-early',
    'nat',
    'ipvs-reply',
    'ipvs-request',
    'filter',
    'nft-filter',
    'security',
  ],
  POSTROUTING: ['track', 'mangle', 'nat', 'confirm'],
}

function visit(station: Station, passage: Passage): Passage {
  switch (station) {
    case 'track':
      return track(passage)
    case 'nat':
      return passNat(passage)
    case 'confirm':
      return confirm(passage)
    case 'ipvs-reply':
    case 'ipvs-request':
      return passIpvs(passage, station)
    case 'nft-early':
      return passNftFilter(passage, (priority) => priority < NAT_DST)
    case 'nft-filter':
      return passNftFilter(passage, (priority) => priority >= NAT_DST)
    case 'raw':
    case 'mangle':
    case 'filter':
    case 'security':
      return passTable(passage, station)
  }
}

/** A packet that comes from another hook, or back through loopback, keeps what it was found to be. */
function track(passage: Passage): Passage {
  const { state, packet, context, tracking: before } = passage
  if (before.kind === 'untracked') return passage
  const { inFlight } = state
  const isOnItsWay = inFlight && (comesFromHook(passage) || inFlight.ipvs?.kind === 'request')
  const known = isOnItsWay && sameTuple(inFlight.tuple, tupleOf(packet)) ? inFlight : undefined
  if (known) return withTracking({ ...passage, ...(known.ipvs && { ipvsMark: known.ipvs }) }, known.tracking)
  if (seesLess(passage)) {
    const { tracking } = trackPacket(seenTable(passage), packet, context.now, context.conntrack)
    if (tracking.kind !== 'full') return withTracking(passage, tracking)
  }
  const { tracking, table, counts } = trackPacket(state.conntrack, packet, context.now, context.conntrack)
  const next: Passage = { ...passage, state: counted({ ...state, conntrack: table }, counts) }
  if (tracking.kind === 'full') return { ...next, verdict: { kind: 'drop', because: 'conntrack-full' } }
  return withTracking(next, tracking)
}

/** Whether the packet's connection stands in the table, and another CPU has put it there a moment too late for this packet's lookup. */
function seesLess({ state, packet, context }: Passage): boolean {
  if (context.racingFrom === undefined) return false
  const found = findEntry(state.conntrack, tupleOf(packet))
  return found !== undefined && found.entry.id >= context.racingFrom
}

/** The connections that a lookup of this packet finds. */
function seenTable({ state, context: { racingFrom } }: Passage): ConntrackTable {
  return racingFrom === undefined
    ? state.conntrack
    : removeEntries(state.conntrack, ({ id }) => id >= racingFrom)
}

function counted(state: NetfilterState, counts: readonly ConntrackCount[] | undefined): NetfilterState {
  return counts === undefined ? state : { ...state, statistics: countMore(state.statistics ?? {}, counts) }
}

function comesFromHook({ hook, context }: Passage): boolean {
  return hook === 'PREROUTING' ? context.inInterface === 'lo' : hook !== 'OUTPUT'
}

function withTracking(passage: Passage, tracking: Tracking): Passage {
  return { ...passage, tracking, isFirst: tracking.kind === 'tracked' && !tracking.confirmed }
}

function passTable(passage: Passage, name: TableName): Passage {
  const table = tableOf(passage, name)
  return table ? walk(passage, table).passage : passage
}

/** What conntrack has decided is repeated; what is still open the nat table decides, and where it does not, nothing changes but clashing ports. */
function passNat(passage: Passage): Passage {
  const { tracking, hook, context } = passage
  if (tracking.kind !== 'tracked') return passage
  const kind = rewriteKindOf(hook)
  if (tracking.decided.includes(kind)) return rewrite(passage, tracking, kind)
  const { passage: walked, wanted } = askNat(passage)
  if (walked.verdict.kind !== 'accept' || walked === passage) return walked
  const entry = decideRewrite(tracking.entry, wanted?.target, hook, seenTable(walked), context)
  if (!entry) return { ...walked, verdict: { kind: 'drop', ...(wanted && { by: wanted.by }) } }
  const decided = { ...tracking, entry, decided: [...tracking.decided, kind] }
  return rewrite(walked, decided, kind, wanted?.by)
}

/** iptables' nat table, then nftables' nat chains, until one has an answer; the very same passage where there is neither. */
function askNat(passage: Passage): {
  readonly passage: Passage
  readonly wanted?: { readonly by: RuleId; readonly target: NatTarget }
} {
  const table = tableOf(passage, 'nat')
  const asked = table && walk(passage, table)
  const walked = asked?.passage ?? passage
  if (walked.verdict.kind !== 'accept') return { passage: walked }
  if (asked?.verdict.kind === 'translate') return { passage: walked, wanted: asked.verdict }
  return walkNft(walked, 'nat', () => true)
}

function rewrite(
  passage: Passage,
  tracking: Extract<Tracking, { kind: 'tracked' }>,
  kind: Rewrite['kind'],
  by?: RuleId,
): Passage {
  const before = passage.packet
  const after = applyRewrite(before, tracking.entry, tracking.direction, kind)
  if (after === before) return { ...passage, tracking }
  const done: Rewrite = { kind, ...(by !== undefined && { by }), before, after }
  return { ...passage, tracking, packet: after, rewrites: [...passage.rewrites, done] }
}

/** The connection enters the table (nf_conntrack_confirm). One whose replies could be another's is refused with its packet. */
function confirm(passage: Passage): Passage {
  const { tracking, state } = passage
  if (tracking.kind !== 'tracked' || tracking.confirmed) return passage
  const first = findEntry(state.conntrack, tracking.entry.original)
  if (first !== undefined) return resolveClash(passage, tracking, first.entry)
  if (findEntry(state.conntrack, tracking.entry.reply))
    return { ...passage, verdict: { kind: 'drop' }, state: counted(state, ['insertFailed', 'drop']) }
  const entry = { ...tracking.entry, id: state.conntrack.nextId }
  const conntrack = addEntry(state.conntrack, entry)
  return {
    ...passage,
    state: { ...state, conntrack },
    tracking: { ...tracking, entry, confirmed: true, decided: ['DNAT', 'SNAT'] },
  }
}

/**
 * Another packet of the same socket was first to insert the connection (nf_ct_resolve_clash, Linux 5.0 to 5.5). Where nat chose the same
 * for both, this packet goes on as the first one's; where it did not, it is dropped. Later kernels let it go on with an entry of its own
 * for the replies, earlier ones dropped it either way.
 */
function resolveClash(
  passage: Passage,
  tracking: Extract<Tracking, { kind: 'tracked' }>,
  first: ConntrackEntry,
): Passage {
  const { state } = passage
  if (!sameTuple(first.reply, tracking.entry.reply))
    return {
      ...passage,
      verdict: { kind: 'drop', because: 'conntrack-clash' },
      state: counted(state, ['insertFailed', 'drop']),
    }
  return {
    ...passage,
    clashResolved: true,
    state: counted(state, ['clashResolve']),
    tracking: { ...tracking, entry: first, confirmed: true, decided: ['DNAT', 'SNAT'] },
  }
}

function walk(passage: Passage, table: Table): { readonly passage: Passage; readonly verdict: TableVerdict } {
  const { hook, packet, context, state } = passage
  const walked = walkTable(table, hook, packet, context.draw, momentOf(passage), state.nth)
  const counters = countWalk(state.counters, table, hook, walked)
  const next: Passage = {
    ...passage,
    packet: walked.packet,
    state: {
      ...state,
      counters,
      recent: walked.recent,
      ...(walked.nth !== state.nth && { nth: walked.nth }),
    },
    ...(walked.untracked && table.name === 'raw' && { tracking: { kind: 'untracked' } }),
    verdict: hookVerdict(walked.verdict, table.name),
    walks: [...passage.walks, walked],
  }
  const marked = walked.connectionMark === undefined ? next : withMark(next, walked.connectionMark)
  return { passage: marked, verdict: walked.verdict }
}

/** CONNMARK writes into the connection at once, be it in the table yet or not. */
function withMark(passage: Passage, mark: number): Passage {
  const { tracking, state } = passage
  if (tracking.kind !== 'tracked') return passage
  const entry = { ...tracking.entry, mark }
  const conntrack = tracking.confirmed ? replaceEntry(state.conntrack, entry) : state.conntrack
  return { ...passage, tracking: { ...tracking, entry }, state: { ...state, conntrack } }
}

/** nat's rewrites are no end. Anywhere else such a target could not have been loaded. */
function hookVerdict(verdict: TableVerdict, table: TableName): HookVerdict {
  switch (verdict.kind) {
    case 'accept':
      return { kind: 'accept' }
    case 'translate':
      if (table === 'nat') return { kind: 'accept' }
      return { kind: 'unknown', by: verdict.by, text: `-j ${verdict.target.kind}` }
    case 'drop':
    case 'reject':
    case 'unknown':
      return verdict
  }
}

function tableOf({ state }: Passage, name: TableName): Table | undefined {
  return state.ruleset.tables.find((table) => table.name === name)
}

function leave(passage: Passage): HookPass {
  const { hook, verdict, before, packet, walks, rewrites, tracking, isFirst, ipvs, ipvsMark } = passage
  const { triedNft, clashResolved } = passage
  let tried: readonly TriedRule[] | undefined
  const { inFlight: _, ...state } = passage.state
  const goesOn = verdict.kind === 'accept' || verdict.kind === 'stolen'
  return {
    hook,
    verdict,
    before,
    after: packet,
    rulesTried: walks.reduce((sum, { rulesTried }) => sum + rulesTried, 0),
    tried: () => (tried ??= walks.flatMap(triedIn)),
    rewrites,
    ...(triedNft.length > 0 && { triedNft }),
    ...(ipvs && { ipvs }),
    ...(clashResolved && { clashResolved }),
    ...(tracking.kind === 'tracked' && {
      connection: { entry: tracking.entry, direction: tracking.direction, isFirst },
    }),
    state: goesOn
      ? { ...state, inFlight: { tuple: tupleOf(packet), tracking, ...(ipvsMark && { ipvs: ipvsMark }) } }
      : state,
  }
}
