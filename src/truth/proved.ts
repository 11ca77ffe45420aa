/** The last proof's figures, which `npm run prove` wrote, with their shape. */
import figures from './proved.json'

/** What a kernel proof counts together. */
export type KernelArea = (typeof order)[number]

interface Count<Area> {
  readonly area: Area
  readonly passed: number
  /** 0: not run. */
  readonly of: number
}

/** All of it. */
export const proved: {
  readonly date: string
  readonly golden: readonly (Count<string> & {
    /** Of what they were taken from, where they say it. */
    readonly version?: string
  })[]
  readonly kernel: {
    readonly kernel: string
    readonly iptables: string
    readonly nft: string
    readonly clusters: number
    readonly flowsEach: number
    readonly areas: readonly Count<string>[]
  }
  /** The router beside a real nginx; absent where that proof was not run. */
  readonly nginx?: {
    readonly version: string
    readonly sets: number
    readonly asked: number
    readonly differences: number
  }
  /** Real programs that ask our CoreDNS; absent where that proof was not run. */
  readonly resolvers?: {
    readonly versions: readonly string[]
    /** At random, each asked by every program. */
    readonly seeds: number
    readonly programs: readonly {
      readonly program: string
      readonly passed: number
      readonly of: number
    }[]
  }
} = figures

const order = ['iptables', 'nftables', 'round-trip', 'memory', 'conntrack', 'ration', 'random'] as const

/** The kernel's areas in the order of the page; one that the last proof left out was not run. */
export function kernelAreas(): readonly Count<KernelArea>[] {
  return order.map((area) => {
    const found = proved.kernel.areas.find((each) => each.area === area)
    return { area, passed: found?.passed ?? 0, of: found?.of ?? 0 }
  })
}
