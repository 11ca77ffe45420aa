/** Where a request can start, as the From menu says it. */
import type { Snapshot, VantageView } from '../sim/snapshot.ts'

/** One group of the menu, in the order shown. */
export interface VantageGroup {
  readonly kind: VantageView['kind']
  readonly vantages: readonly { readonly id: string; readonly label: string }[]
}

/** The menu: Pods, nodes, outside; the user's own Pods before those of the system. Groups without a member are left out. */
export function vantageGroups(snapshot: Snapshot): readonly VantageGroup[] {
  const kinds = ['pod', 'node', 'outside'] as const
  return kinds
    .map((kind) => ({
      kind,
      vantages: snapshot.vantages
        .filter((vantage) => vantage.kind === kind)
        .toSorted((a, b) => Number(isSystem(a)) - Number(isSystem(b)))
        .map((vantage) => ({ id: vantage.id, label: labelOf(vantage) })),
    }))
    .filter((group) => group.vantages.length > 0)
}

/** `pod/nginx-…-zwx27`, with the namespace where it is not `default`; nodes and clients by their name. */
function labelOf(vantage: VantageView): string {
  if (vantage.kind !== 'pod') return vantage.name
  const namespace =
    vantage.namespace === 'default' || vantage.namespace === undefined ? '' : `${vantage.namespace}/`
  return `pod/${namespace}${shortened(vantage.name)}`
}

/** A long name loses its middle and keeps its last five letters, by which Pods are told apart. */
function shortened(name: string): string {
  const longest = 20
  if (name.length <= longest) return name
  const first = name.split('-')[0] ?? name
  return `${first.slice(0, longest - 8)}-…-${name.slice(-5)}`
}

function isSystem(vantage: VantageView): boolean {
  return vantage.kind === 'pod' && vantage.namespace !== 'default'
}
