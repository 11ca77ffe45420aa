/** What kubectl knows of a kind: its names, where the cluster keeps it, and how a row of `kubectl get` is made. */
import type { Millis } from '../../sim/clock.ts'
import type { Cluster } from '../../sim/cluster/cluster.ts'
import type { Meta } from '../../sim/cluster/objects.ts'
import type { Column, Row } from './print-table.ts'

/** One kind. `rows` come by namespace, then name. */
export interface ResourceKind {
  readonly kind: string
  readonly plural: string
  readonly shortNames: readonly string[]
  /** `''` for the core group. */
  readonly group: string
  readonly namespaced: boolean
  readonly columns: readonly Column[]
  readonly rows: (cluster: Cluster, nowMs: Millis, wide: boolean) => readonly Row[]
}

/** `deployment.apps`: how messages and `-o name` speak of the kind. */
export function kindName(kind: ResourceKind): string {
  const name = kind.kind.toLowerCase()
  return kind.group === '' ? name : `${name}.${kind.group}`
}

/** `deployments.apps`: how the server's errors speak of the kind. */
export function pluralName(kind: ResourceKind): string {
  return kind.group === '' ? kind.plural : `${kind.plural}.${kind.group}`
}

/** The names of a kind, as `kubectl api-resources` lists them. */
export interface Names {
  readonly kind: string
  readonly plural: string
  readonly short?: readonly string[]
  readonly group?: string
  readonly clusterScoped?: boolean
}

/** Makes a kind of its names, its columns, where its objects are, and an object's cells. */
export function defineKind<T extends Meta>(
  names: Names,
  columns: readonly Column[],
  list: (cluster: Cluster) => readonly T[],
  cells: (object: T, nowMs: Millis, wide: boolean, cluster: Cluster) => readonly string[],
): ResourceKind {
  return {
    kind: names.kind,
    plural: names.plural,
    shortNames: names.short ?? [],
    group: names.group ?? '',
    namespaced: names.clusterScoped !== true,
    columns,
    rows: (cluster, nowMs, wide) =>
      list(cluster).map((object) => ({
        ref: object.ref,
        labels: object.labels,
        cells: cells(object, nowMs, wide, cluster),
      })),
  }
}
