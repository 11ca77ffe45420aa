/** Tells what kube-proxy's nftables table did at a hook: the look-up, the draw, the rewrite. */
import type { HookPass } from '../netfilter/evaluation.ts'
import { ipVersion } from '../network/address.ts'
import { hopText } from '../phrase.ts'
import { nftDecision } from './nft-evidence.ts'
import type { Flight, Run } from './run.ts'
import { placeOf, subjectOfAddress } from './subjects.ts'
import { conntrackOf, endpointText, flightParts } from './tell-parts.ts'
import type { Subject } from './trace.ts'

/** Whether the node's kube-proxy is in nftables mode. */
export function inNftMode(run: Run, host: string): boolean {
  return run.world.rules(host).nft !== undefined
}

/** Which Service, which endpoint, what was rewritten: three hops in full, the rewrite alone in brief. */
export function tellNft(run: Run, flight: Flight, host: string, pass: HookPass): void {
  const cluster = run.world.cluster()
  const rules = run.world.rules(host, ipVersion(pass.before.dst))
  const decision = nftDecision(pass, rules)
  const { choice, chain = '', rewrite } = decision
  const service = rules.cards.ofChain(chain)?.service
  const subject: Subject =
    service === undefined
      ? subjectOfAddress(cluster, pass.before.dst)
      : decision.byNodePort
        ? { kind: 'node-port', ref: service, node: host }
        : { kind: 'service', ref: service }
  const common = {
    ...flightParts(flight),
    place: placeOf(cluster, host, `nat ${pass.hook}`),
    subject,
    basis: rules.nft?.basis ?? 'computed',
    before: pass.before,
    rulesTried: decision.rulesTried,
    origins: decision.origins,
  }
  const values = {
    node: host,
    service: service?.name ?? '',
    chain,
    dst: endpointText(pass.before),
    to: endpointText(pass.after),
    protocol: pass.before.protocol,
    count: decision.drawnOf ?? 0,
    element: decision.element ?? '',
  }
  const isFull = flight.detail === 'full'
  if (choice === undefined) {
    if (!isFull || subject.kind !== 'service') return
    run.recorder.hop({
      ...common,
      kind: 'no-match',
      ...hopText('nft-no-match', values),
      evidence: [decision.dispatch],
    })
    return
  }
  const phase = flight.phase === 'dns' ? ('dns' as const) : ('nat' as const)
  if (isFull) {
    const dispatch = decision.byNodePort ? 'nft-dispatch-node-port' : 'nft-dispatch'
    run.recorder.hop({
      ...common,
      phase,
      kind: 'dispatch',
      ...hopText(dispatch, values),
      evidence: [decision.dispatch],
    })
    run.recorder.hop({
      ...common,
      phase,
      kind: 'choose',
      ...hopText(choiceName(decision.drawnOf), values),
      evidence: [choice],
    })
  }
  run.recorder.hop({
    ...common,
    phase,
    kind: 'rewrite',
    ...hopText('dnat', values),
    after: pass.after,
    evidence: [...(isFull ? [] : [choice]), ...(rewrite === undefined ? [] : [rewrite])],
    ...conntrackOf(run, host, pass),
  })
}

function choiceName(drawnOf: number | undefined) {
  if (drawnOf === undefined) return 'nft-choose-affinity'
  return drawnOf === 1 ? 'choose-only' : 'nft-choose'
}
