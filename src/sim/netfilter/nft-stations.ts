/** nftables' base chains as stations of a hook. */
import { baseChains, passNftChain } from './pass-nft.ts'
import { momentOf, portUnreachable, type Passage } from './passage.ts'
import type { RuleId } from './ruleset.ts'
import type { NatTarget } from './table-verdict.ts'

/** nftables' filter chains at these priorities. */
export function passNftFilter(passage: Passage, isAt: (priority: number) => boolean): Passage {
  return walkNft(passage, 'filter', isAt).passage
}

/** The base chains of one type at these priorities, one after the other, until one decides; `wanted`: what nat is to do. */
export function walkNft(
  passage: Passage,
  type: 'filter' | 'nat',
  isAt: (priority: number) => boolean,
): { readonly passage: Passage; readonly wanted?: { readonly by: RuleId; readonly target: NatTarget } } {
  const { nft } = passage.state
  if (nft === undefined) return { passage }
  let current = passage
  for (const base of baseChains(nft.table, passage.hook.toLowerCase(), type, isAt)) {
    const { packet, context, state, triedNft } = current
    const dynamic = state.nft?.dynamic ?? {}
    const pass = passNftChain(nft.table, base, packet, context.draw, momentOf(current), dynamic)
    current = {
      ...current,
      packet: pass.packet,
      triedNft: [...triedNft, ...pass.tried],
      state: { ...state, nft: { table: nft.table, dynamic: pass.dynamic } },
    }
    const { outcome } = pass
    if (outcome.kind === 'translate') return { passage: current, wanted: outcome }
    if (outcome.kind === 'unknown') return { passage: { ...current, verdict: outcome } }
    if (outcome.kind === 'drop') return { passage: { ...current, verdict: { kind: 'drop', by: outcome.by } } }
    if (outcome.kind === 'reject') {
      const reject = { kind: 'reject', by: outcome.by, with: portUnreachable(packet) } as const
      return { passage: { ...current, verdict: reject } }
    }
  }
  return { passage: current }
}
