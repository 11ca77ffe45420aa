/** Kinds of custom resources: known once an object of them is there, as if its definition had come with it. */
import type { Cluster } from '../../sim/cluster/cluster.ts'
import { builtInKinds } from './built-in-kinds.ts'
import { certManagerKinds } from './cert-manager-kinds.ts'
import { gatewayKinds } from './gateway-kinds.ts'
import { listObjects } from './list-objects.ts'
import { printAge } from './print-age.ts'
import { defineKind, type ResourceKind } from './resource-kind.ts'

/** Kinds of objects that are there and that no list above holds: kept, listed, without effect. */
export function customKinds(cluster: Cluster): readonly ResourceKind[] {
  const found = new Map<string, ResourceKind>()
  for (const object of Object.values(cluster.objects)) {
    const { kind, namespace } = object.ref
    if (found.has(kind) || builtInKinds.some((known) => known.kind === kind)) continue
    if (configurationFiles.includes(kind)) continue
    const described = describedKinds.find((known) => known.kind === kind)
    found.set(kind, described ?? customKind(kind, groupOf(object.apiVersion), namespace !== ''))
  }
  return [...found.values()]
}

const describedKinds = [...gatewayKinds, ...certManagerKinds]

/** Files that set a cluster up: no API serves them. */
const configurationFiles = [
  'ClusterConfiguration',
  'KubeProxyConfiguration',
  'KubeletConfiguration',
  'InitConfiguration',
]

/** A kind that nobody described: a row is its name and its age. */
export function customKind(kind: string, group: string, namespaced: boolean): ResourceKind {
  return defineKind(
    { kind, plural: pluralOf(kind.toLowerCase()), group, clusterScoped: !namespaced },
    [{ name: 'Name' }, { name: 'Age' }],
    (cluster) => listObjects(kind, cluster),
    (object, nowMs) => [object.ref.name, printAge(object.createdAtMs, nowMs)],
  )
}

/** The plural that code generators give a kind (k8s.io/gengo namer, pluralNamer). */
function pluralOf(singular: string): string {
  if (/(s|x|z|ch|sh)$/.test(singular)) return `${singular}es`
  return /[^aeiou]y$/.test(singular) ? `${singular.slice(0, -1)}ies` : `${singular}s`
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
}
