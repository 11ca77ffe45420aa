/** A host for tests: rules as text, packets as lines, hooks one after another as a kernel calls them. */
import type { Draw } from '../draw.ts'
import { ip, type IpAddress } from '../network/address.ts'
import type { Packet } from '../network/packet.ts'
import type { HookContext, HookPass, NetfilterState } from './evaluation.ts'
import { openNetfilter } from './open-netfilter.ts'
import { packetLine } from './packet-notation.ts'
import { parseIptablesSave } from './parse-iptables-save.ts'
import { passHook } from './pass-hook.ts'
import type { Hook } from './ruleset.ts'

/** A host that keeps its state from packet to packet. */
export interface TestHost {
  /** Sends a packet through hooks until one of them does not accept it. */
  readonly send: (packet: Packet, way: readonly Hook[], options?: Partial<HookContext>) => Sent
  readonly state: () => NetfilterState
  /** Lets time pass. */
  readonly wait: (ms: number) => void
  /** Replaces the rules, as kube-proxy does, and keeps connections. */
  readonly restore: (rules: string) => void
}

/** `line`: the packet as it left, or the verdict that stopped it. */
export interface Sent {
  readonly line: string
  readonly packet: Packet
  readonly passes: readonly HookPass[]
}

/** The way of a packet that comes from an interface and leaves by another; that comes in; that goes out; that goes out and comes back. */
export const ways = {
  forward: ['PREROUTING', 'FORWARD', 'POSTROUTING'],
  in: ['PREROUTING', 'INPUT'],
  out: ['OUTPUT', 'POSTROUTING'],
} as const satisfies Readonly<Record<string, readonly Hook[]>>

/** A host at `address`, which masquerade writes, with these rules. */
export function testHost(rules: string, draw: Draw, address: IpAddress = ip('192.168.61.11')): TestHost {
  let state = openNetfilter(parseIptablesSave(rules).ruleset)
  let now = 0
  return {
    send: (packet, way, options = {}) => {
      const passes: HookPass[] = []
      let passing = packet
      for (const hook of way) {
        const pass = passHook(state, hook, passing, {
          isLocal: (candidate) => candidate === address,
          masqueradeAddress: address,
          now,
          draw,
          ...options,
        })
        passes.push(pass)
        state = pass.state
        passing = pass.after
        if (pass.verdict.kind !== 'accept') return { line: pass.verdict.kind, packet: passing, passes }
      }
      return { line: packetLine(passing), packet: passing, passes }
    },
    state: () => state,
    wait: (ms) => {
      now += ms
    },
    restore: (next) => {
      state = { ...state, ruleset: parseIptablesSave(next).ruleset }
    },
  }
}
