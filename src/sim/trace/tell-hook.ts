/** Tells what one hook did to a packet: nat's decision in its parts, a masquerade, what filter said. */
import { NAT_OUTGOING } from '../kube-proxy/calico-chains.ts'
import { rulesTriedIn, type HookPass } from '../netfilter/evaluation.ts'
import { isNftRule } from '../netfilter/pass-nft.ts'
import { cidrContains, ipVersion } from '../network/address.ts'
import { hopText, phrase } from '../phrase.ts'
import { basisOfRule, filterEvidence, natDecision, originsOf, type NatDecision } from './hook-decisions.ts'
import { nftFilterEvidence, nftMasquerade, wasNftAsked } from './nft-evidence.ts'
import type { HopDraft } from './recorder.ts'
import { rulesEvidence } from './rule-evidence.ts'
import type { Flight, Run } from './run.ts'
import { placeOf, subjectOfAddress } from './subjects.ts'
import { inIpvsMode, tellIpvs, tellMarked } from './tell-ipvs.ts'
import { inNftMode, tellNft } from './tell-nft.ts'
import { conntrackOf, endpointText, flightParts } from './tell-parts.ts'
import type { Evidence, Subject } from './trace.ts'

/** The hops of one hook's passage, as many as the flight's detail asks for. */
export function tellHook(run: Run, flight: Flight, host: string, pass: HookPass): void {
  if (pass.hook === 'PREROUTING' || pass.hook === 'OUTPUT') {
    const asked = pass.tried().some((tried) => tried.table === 'nat') || wasNftAsked(pass)
    if (asked && pass.connection?.isFirst !== false) tellAsked(run, flight, host, pass)
    tellIpvs(run, flight, host, pass)
  } else if (pass.hook === 'POSTROUTING') {
    const snat = pass.rewrites.find((rewrite) => rewrite.kind === 'SNAT')
    if (snat?.by !== undefined) tellMasquerade(run, flight, host, pass)
    if (pass.clashResolved) tellClashResolved(run, flight, host, pass)
  } else {
    const goesOn = pass.verdict.kind === 'accept' || pass.verdict.kind === 'stolen'
    if (flight.detail === 'full' && goesOn) tellFilter(run, flight, host, pass)
    tellIpvs(run, flight, host, pass)
  }
}

/** nat was asked: what it said depends on who wrote it. */
function tellAsked(run: Run, flight: Flight, host: string, pass: HookPass): void {
  const by = pass.rewrites.find((rewrite) => rewrite.by !== undefined)?.by
  const isByIptables = by !== undefined && !isNftRule(by)
  if (!isByIptables && inIpvsMode(run, host)) tellMarked(run, flight, host, pass)
  else if (!isByIptables && inNftMode(run, host)) tellNft(run, flight, host, pass)
  else tellNat(run, flight, host, pass)
}

/** Which Service, which endpoint, what was rewritten: three hops in full, the rewrite alone in brief. */
function tellNat(run: Run, flight: Flight, host: string, pass: HookPass): void {
  const cluster = run.world.cluster()
  const rules = run.world.rules(host, ipVersion(pass.before.dst))
  const decision = natDecision(pass, rules)
  const subject = serviceSubject(decision, host) ?? subjectOfAddress(cluster, pass.before.dst)
  const place = placeOf(cluster, host, `nat ${pass.hook}`)
  const { choice } = decision
  if (choice === undefined && decision.rewrite !== undefined) {
    tellRewrite(run, flight, host, pass, decision)
    return
  }
  if (choice === undefined) {
    if (flight.detail === 'full' || subject.kind === 'service')
      tellNoMatch(run, flight, pass, decision, { place, subject })
    return
  }
  const common = {
    ...flightParts(flight),
    place,
    subject,
    phase: flight.phase === 'dns' ? ('dns' as const) : ('nat' as const),
    before: pass.before,
    rulesTried: decision.rulesTried,
    origins: decision.origins,
    basis: rules.basis,
  }
  const values = natValues(host, pass, decision, choice)
  const isFull = flight.detail === 'full'
  if (isFull) {
    const dispatch = decision.byNodePort ? 'dispatch-node-port' : 'dispatch'
    const choose = choice.candidates.length > 2 ? 'choose' : 'choose-only'
    run.recorder.hop({
      ...common,
      kind: 'dispatch',
      ...hopText(dispatch, values),
      evidence: [decision.dispatch],
    })
    run.recorder.hop({ ...common, kind: 'choose', ...hopText(choose, values), evidence: [choice] })
  }
  run.recorder.hop({
    ...common,
    kind: 'rewrite',
    ...hopText('dnat', values),
    after: pass.after,
    evidence: [...(isFull ? [] : [choice]), ...(decision.rewrite === undefined ? [] : [decision.rewrite])],
    ...conntrackOf(run, host, pass),
  })
}

/** A rule that is no Service's: a published port of a container runtime, a mesh's REDIRECT. */
function tellRewrite(run: Run, flight: Flight, host: string, pass: HookPass, decision: NatDecision): void {
  const cluster = run.world.cluster()
  run.recorder.hop({
    ...flightParts(flight),
    kind: 'rewrite',
    phase: 'nat',
    place: placeOf(cluster, host, `nat ${pass.hook}`),
    subject: { kind: 'node', node: host },
    ...hopText('dnat-by-rule', { node: host, dst: endpointText(pass.before), to: endpointText(pass.after) }),
    before: pass.before,
    after: pass.after,
    basis: run.world.rules(host, ipVersion(pass.before.dst)).basis,
    evidence: decision.rewrite === undefined ? [] : [decision.rewrite],
    rulesTried: decision.rulesTried,
    ...conntrackOf(run, host, pass),
  })
}

function natValues(node: string, pass: HookPass, decision: NatDecision, choice: Evidence) {
  return {
    node,
    service: decision.service?.name ?? '',
    chain: decision.serviceChain ?? '',
    dst: endpointText(pass.before),
    to: endpointText(pass.after),
    rule: decision.dispatchedBy?.number ?? 0,
    count: choice.candidates.filter((each) => each.draw !== undefined && each.verdict === 'lost').length,
  }
}

function tellNoMatch(
  run: Run,
  flight: Flight,
  pass: HookPass,
  decision: NatDecision,
  where: Pick<HopDraft, 'place' | 'subject'>,
): void {
  // A packet for somebody's own address is not meant for a Service; that no rule matched it is no news. Nor for a Pod's that is gone.
  const { podSubnets } = run.world.cluster().config
  const isPods = podSubnets.some((range) => cidrContains(range, pass.before.dst))
  const isOutside = where.subject.kind === 'outside' && !isPods
  if (where.subject.kind !== 'service' && !isOutside) return
  const values = {
    node: where.place.host,
    dst: pass.before.dst,
    protocol: pass.before.protocol,
    count: decision.rulesTried,
  }
  run.recorder.hop({
    ...flightParts(flight),
    ...where,
    kind: 'no-match',
    ...hopText('no-match', values),
    before: pass.before,
    basis: run.world.rules(where.place.host, ipVersion(pass.before.dst)).basis,
    evidence: [decision.dispatch],
    rulesTried: decision.rulesTried,
  })
}

function tellMasquerade(run: Run, flight: Flight, host: string, pass: HookPass): void {
  const cluster = run.world.cluster()
  const asked = pass.tried().filter((tried) => tried.table === 'nat')
  // Jumps before the last one came back undecided; where no chain was entered at last, the built-in one itself decided.
  const last = asked.findLastIndex((tried) => tried.depth === 0)
  const nat = last === asked.length - 1 ? asked.slice(last) : asked.slice(last + 1)
  const rules = run.world.rules(host, ipVersion(pass.before.dst))
  const by = pass.rewrites.find((rewrite) => rewrite.by !== undefined)?.by
  const isNft = by !== undefined && isNftRule(by)
  const name = isNft ? 'snat' : nameOfSource(nat.at(-1)?.chain)
  const values = { node: host, from: pass.before.src, to: pass.after.src }
  run.recorder.hop({
    ...flightParts(flight),
    kind: 'rewrite',
    phase: 'nat',
    place: placeOf(cluster, host, 'nat POSTROUTING'),
    subject: { kind: 'node', node: host },
    ...hopText(name, values),
    before: pass.before,
    after: pass.after,
    evidence: [isNft ? nftMasquerade(pass) : rulesEvidence(phrase('evidence.masquerade'), nat)],
    basis: basisOfRule(rules, by),
    origins: originsOf(rules, nat),
    ...conntrackOf(run, host, pass),
  })
}

/** Another CPU's packet was first to open the connection, and both may share it. */
function tellClashResolved(run: Run, flight: Flight, host: string, pass: HookPass): void {
  run.recorder.hop({
    ...flightParts(flight),
    kind: 'repeat',
    place: placeOf(run.world.cluster(), host, 'conntrack'),
    subject: { kind: 'node', node: host },
    ...hopText('clash-resolved', { node: host }),
    before: pass.after,
    ...conntrackOf(run, host, pass),
  })
}

function nameOfSource(chain: string | undefined): 'snat' | 'snat-outgoing' | 'snat-by-rule' {
  if (chain === NAT_OUTGOING) return 'snat-outgoing'
  return chain === 'KUBE-POSTROUTING' ? 'snat' : 'snat-by-rule'
}

function tellFilter(run: Run, flight: Flight, host: string, pass: HookPass): void {
  const cluster = run.world.cluster()
  const evidence = filterEvidence(pass)
  const nft = nftFilterEvidence(pass)
  const rules = run.world.rules(host, ipVersion(pass.before.dst))
  const values = { node: host, hook: pass.hook }
  run.recorder.hop({
    ...flightParts(flight),
    kind: 'filter',
    place: placeOf(cluster, host, `filter ${pass.hook}`),
    subject: { kind: 'node', node: host },
    ...hopText(evidence.texts.length > 0 ? 'filter-rule' : 'filter', values),
    before: pass.before,
    after: pass.ipvs === undefined ? pass.after : pass.before,
    evidence: nft === undefined ? [evidence] : [evidence, nft],
    basis: [rules.basis, rules.nft?.basis].includes('imported') ? 'imported' : 'computed',
    rulesTried: rulesTriedIn(pass),
  })
}

function serviceSubject(decision: NatDecision, node: string): Subject | undefined {
  if (decision.service === undefined) return undefined
  return decision.byNodePort
    ? { kind: 'node-port', ref: decision.service, node }
    : { kind: 'service', ref: decision.service }
}
