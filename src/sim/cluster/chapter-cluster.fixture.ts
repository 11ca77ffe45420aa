/** Clusters for tests: the chapter's, and whatever YAML over it. */
import { chapter9 } from '../../scenarios/chapter-9/chapter-9.ts'
import { parseFile } from '../manifest/parse-file.ts'
import { applyManifests } from './apply-manifests.ts'
import type { ApplyOptions } from './apply-manifests.ts'
import { createCluster } from './build-cluster.ts'
import type { Cluster } from './cluster.ts'
import type { ClusterChange } from './cluster-change.ts'

/** The chapter's cluster with its system objects and nothing applied. */
export function chapterCluster(seed = chapter9.seed): Cluster {
  const manifests = chapter9.files
    .filter(({ role }) => role === 'cluster' || role === 'system')
    .flatMap(({ name, text }) => parseFile(name, text).manifests)
  return createCluster(manifests, { seed, nowMs: chapter9.nowMs }).cluster
}

/** The same with some of the chapter's files applied, one after the other. */
export function withChapterFiles(...names: readonly string[]): Cluster {
  return names.reduce((cluster, name) => applied(cluster, name).cluster, chapterCluster())
}

/** What applying one of the chapter's files does. */
export function applied(cluster: Cluster, name: string): ClusterChange {
  return applyText(cluster, chapter9.files.find((file) => file.name === name)?.text ?? '', { file: name })
}

/** What applying a text does. The text itself is without errors: a test of those asks the parser. */
export function applyText(
  cluster: Cluster,
  text: string,
  options: Partial<ApplyOptions> & { readonly file?: string } = {},
): ClusterChange {
  const { manifests } = parseFile(options.file ?? 'test.yaml', text)
  return applyManifests(cluster, manifests, { nowMs: cluster.nowMs, ...options })
}
