/** IPVS's two hooks as stations. */
import type { Packet } from '../network/packet.ts'
import type { Rewrite } from './evaluation.ts'
import { forgetEnded, steeredEntry } from './ipvs-conntrack.ts'
import { passReply, passRequest } from './pass-ipvs.ts'
import { portUnreachable, type Passage } from './passage.ts'

/** IPVS's two hooks: what it has rewritten once it lets pass from then on. */
export function passIpvs(passage: Passage, station: 'ipvs-reply' | 'ipvs-request'): Passage {
  const { state, packet, context, tracking, isFirst, ipvsMark } = passage
  if (state.ipvs === undefined || ipvsMark !== undefined) return passage
  const pass =
    station === 'ipvs-reply'
      ? passReply(state.ipvs, packet, context.now)
      : passRequest(state.ipvs, packet, context.now, tracking.kind === 'tracked' && !isFirst)
  const next = {
    ...passage,
    state: { ...state, ipvs: pass.state, conntrack: forgetEnded(state.conntrack, pass.over) },
  }
  const { outcome } = pass
  switch (outcome.kind) {
    case 'ignored':
      return next
    case 'request': {
      const entry =
        tracking.kind === 'tracked' && isFirst ? steeredEntry(tracking.entry, outcome.packet) : undefined
      return {
        ...next,
        ...ipvsRewrite(passage, 'DNAT', outcome.packet),
        ...(entry && tracking.kind === 'tracked' && { tracking: { ...tracking, entry } }),
        ipvs: outcome,
        ipvsMark: { kind: 'request', server: outcome.server },
        verdict: context.isLocal(outcome.packet.dst) ? { kind: 'accept' } : { kind: 'stolen' },
      }
    }
    case 'reply':
      return {
        ...next,
        ...ipvsRewrite(passage, 'SNAT', outcome.packet),
        ipvs: outcome,
        ipvsMark: { kind: 'reply' },
      }
    case 'refused':
      return { ...next, ipvs: outcome, verdict: { kind: 'reject', with: portUnreachable(packet) } }
    case 'dropped':
      return { ...next, ipvs: outcome, verdict: { kind: 'drop' } }
    case 'not-modelled':
      return { ...next, ipvs: outcome, verdict: { kind: 'unknown', text: outcome.text } }
  }
}

function ipvsRewrite(
  { packet, rewrites }: Passage,
  kind: Rewrite['kind'],
  after: Packet,
): Pick<Passage, 'packet' | 'rewrites'> {
  return { packet: after, rewrites: [...rewrites, { kind, before: packet, after }] }
}
