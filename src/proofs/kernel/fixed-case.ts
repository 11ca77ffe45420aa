/** A cluster and the flows that are sent through it, in both worlds. */
import { CLUSTER_CIDR, type MachineChoices } from './cluster-text.ts'
import type { Flow } from './outcome.ts'

export interface FixedCase {
  readonly title: string
  /** Manifests beside the machines and Pods. */
  readonly objects: string
  readonly choices?: MachineChoices
  /** Rules of every node's own: lines of its filter table before all others. */
  readonly filterRules?: readonly string[]
  readonly flows: readonly Flow[]
}

/** A client on each of the nodes. */
export const [near, far, alone] = ['pod/default/near', 'pod/default/far', 'pod/default/alone']
export const everyone = [near, far, alone, 'host01', 'host02', 'host03', 'laptop']

/** Each of these from each of those. */
export function flowsFrom(vantages: readonly string[], ...urls: readonly string[]): readonly Flow[] {
  return vantages.flatMap((vantage) => urls.map((url) => ({ from: vantage, url })))
}

/** The same in kube-proxy's nftables mode. */
export function inNftMode(each: FixedCase): FixedCase {
  const { kubeProxy = CLUSTER_CIDR, ...others } = each.choices ?? {}
  const lines = kubeProxy.split('\n').filter((line) => !line.startsWith('mode:'))
  return {
    ...each,
    title: `nftables: ${each.title}`,
    choices: { ...others, kubeProxy: ['mode: nftables', ...lines].join('\n') },
  }
}
