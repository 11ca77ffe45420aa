/**
 * Golden cases for nftables mode: the whole script as lines, in which the rules of one chain keep their order, and packets through the
 * hooks of a forwarding node, over every random choice.
 */
import { DRAW_RANGE } from '../../sim/draw.ts'
import { compileProxyRules } from '../../sim/kube-proxy/compile-node-rules.ts'
import type { NodeRulesInput } from '../../sim/kube-proxy/node-rules-input.ts'
import type { HookPass } from '../../sim/netfilter/evaluation.ts'
import type { NftTable } from '../../sim/netfilter/nft-ruleset.ts'
import { openNetfilter } from '../../sim/netfilter/open-netfilter.ts'
import { passHook } from '../../sim/netfilter/pass-hook.ts'
import { printNftScript } from '../../sim/netfilter/print-nft.ts'
import { hasPorts } from '../../sim/network/packet.ts'
import type { Check } from './kube-proxy-checks.ts'
import { packetOf } from './kube-proxy-flow.ts'
import type { GoldenCase, GoldenExpectation, GoldenFlow } from './kube-proxy-golden.ts'

/** All checks of one expectation. */
export function nftChecksOf(
  golden: GoldenCase,
  expect: GoldenExpectation,
  input: NodeRulesInput,
): readonly Check[] {
  const nft = compileProxyRules(input).nft?.table
  if (nft === undefined) throw new Error('no nftables table in nftables mode')
  return [
    ...(expect.nftables === undefined
      ? []
      : [{ what: 'nftables', expected: normal(expect.nftables), got: normal(printNftScript(nft)) }]),
    ...(expect.flows ?? []).map((flow) => ({
      what: flow.name,
      expected: JSON.stringify({ output: flow.output, masquerade: flow.masquerade }),
      got: JSON.stringify(follow(nft, flow, golden.proxy.nodeAddresses)),
    })),
  ]
}

/** Lines sorted, but the rules of one chain in their own order. */
function normal(text: string): string {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
  const isRule = (line: string) => line.startsWith('add rule ')
  const chains = new Map<string, string[]>()
  for (const line of lines.filter(isRule)) {
    const [, , , , chain = ''] = line.split(' ')
    chains.set(chain, [...(chains.get(chain) ?? []), line])
  }
  const rules = [...chains].toSorted(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, those]) => those)
  return [...lines.filter((line) => !isRule(line)).toSorted(), ...rules].join('\n')
}

/** So many draws, evenly spaced, meet every row of a choice among as many. */
const DRAWS = 60

function follow(nft: NftTable, flow: GoldenFlow, localAddresses: readonly string[]) {
  const outputs = new Set<string>()
  let masquerade = false
  for (let index = 0; index < DRAWS; index++) {
    const draw = () => Math.floor(((index + 0.5) / DRAWS) * DRAW_RANGE)
    const context = { isLocal: (address: string) => localAddresses.includes(address), now: 0, draw }
    const state = { ...openNetfilter({ tables: [] }), nft: { table: nft, dynamic: {} } }
    const pre = passHook(state, 'PREROUTING', packetOf(flow), context)
    const forward = passHook(pre.state, 'FORWARD', pre.after, context)
    outputs.add(outputOf(pre, forward))
    masquerade ||= forward.after.mark !== 0
  }
  return { output: [...outputs], masquerade }
}

function outputOf(pre: HookPass, forward: HookPass): string {
  const refused = [pre, forward].find(({ verdict }) => verdict.kind !== 'accept')
  if (refused !== undefined) return refused.verdict.kind.toUpperCase()
  const { after } = pre
  return hasPorts(after) ? `${after.dst}:${after.dstPort}` : after.dst
}
