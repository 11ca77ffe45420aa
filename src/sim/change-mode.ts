/**
 * What to type so that kube-proxy runs in another mode: `mode:` of the KubeProxyConfiguration, in the text where it stands. A text with
 * an error is left alone: an edit in it could not be applied. All else that was typed stays, comments and order too.
 */
import type { Cluster, ProxyMode } from './cluster/cluster.ts'
import { objectKey } from './cluster/object-ref.ts'
import { CLUSTER_CONFIGURATION, KUBE_PROXY_CONFIGURATION } from './cluster/read-cluster-config.ts'
import type { Diagnostic } from './manifest/diagnostic.ts'
import { textAt } from './manifest/json-fields.ts'
import type { Manifest, ParsedFile } from './manifest/manifest.ts'

/** A file as it stands in its tab. */
export interface TypedText {
  readonly parsed: ParsedFile
  readonly text: string
}

/** `edit`: the file's whole new text. `unchanged`: the texts say this mode already. `broken`: the error that stands in the way. `nowhere`: no file could hold it. */
export type ModeChange =
  | { readonly kind: 'edit'; readonly file: string; readonly text: string }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'broken'; readonly problem: Diagnostic }
  | { readonly kind: 'nowhere' }

/**
 * The edit, in the file whose KubeProxyConfiguration the cluster holds. Where no file has one it is added behind the
 * ClusterConfiguration, with the clusterCIDR that kubeadm would write.
 * @param files of those that stand applied the ones that may hold a configuration, each with what was typed and not applied yet
 */
export function changeMode(cluster: Cluster, files: readonly TypedText[], mode: ProxyMode): ModeChange {
  const held = fileOf(cluster, KUBE_PROXY_CONFIGURATION)
  const inOrder = files.toSorted((a, b) => Number(b.parsed.file === held) - Number(a.parsed.file === held))
  const broken = inOrder.find(({ parsed, text }) => isNamed(text) && errorOf(parsed) !== undefined)
  if (broken !== undefined) return refused(broken)
  for (const { parsed, text } of inOrder) {
    const manifest = parsed.manifests.find(({ kind }) => kind === KUBE_PROXY_CONFIGURATION.kind)
    if (manifest === undefined) continue
    if (textAt(manifest.body, 'mode') === mode) return { kind: 'unchanged' }
    return { kind: 'edit', file: parsed.file, text: withMode(manifest, text, mode) }
  }
  const home = fileOf(cluster, CLUSTER_CONFIGURATION)
  const host = files.find(({ parsed }) => parsed.file === home) ?? files[0]
  if (host === undefined) return { kind: 'nowhere' }
  if (errorOf(host.parsed) !== undefined) return refused(host)
  return { kind: 'edit', file: host.parsed.file, text: withConfiguration(cluster, host.text, mode) }
}

function fileOf(cluster: Cluster, ref: typeof CLUSTER_CONFIGURATION): string | undefined {
  return cluster.objects[objectKey(ref)]?.source?.file
}

function isNamed(text: string): boolean {
  return text.includes(KUBE_PROXY_CONFIGURATION.kind)
}

function errorOf({ diagnostics }: ParsedFile): Diagnostic | undefined {
  return diagnostics.find(({ severity }) => severity === 'error')
}

function refused({ parsed }: TypedText): ModeChange {
  const problem = errorOf(parsed)
  return problem === undefined ? { kind: 'nowhere' } : { kind: 'broken', problem }
}

/** The field's value replaced where it stands; a field that is not there comes behind `kind`, in the style of the object. */
function withMode({ source }: Manifest, text: string, mode: ProxyMode): string {
  const field = source.ranges['mode']
  if (field !== undefined) {
    // A range spans key and value; the key is a plain or a quoted `mode`.
    const [key = 'mode:'] = /^["']?mode["']?\s*:/.exec(text.slice(field.from, field.to)) ?? []
    const isJson = key.startsWith('"')
    return splice(text, field.from + key.length, field.to, isJson ? ` "${mode}"` : ` ${mode}`)
  }
  const kind = source.ranges['kind'] ?? source.range
  const isJson = text.charAt(kind.from) === '"'
  if (isJson) return splice(text, kind.to, kind.to, `, "mode": "${mode}"`)
  if (text.charAt(source.range.from) === '{') return splice(text, kind.to, kind.to, `, mode: ${mode}`)
  return splice(text, kind.to, kind.to, `\n${' '.repeat(kind.column - 1)}mode: ${mode}`)
}

function withConfiguration(cluster: Cluster, text: string, mode: ProxyMode): string {
  const end = text === '' || text.endsWith('\n') ? '' : '\n'
  return `${text}${end}---
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: ${mode}
clusterCIDR: ${cluster.config.podSubnets.join(',')}
`
}

function splice(text: string, from: number, to: number, insert: string): string {
  return text.slice(0, from) + insert + text.slice(to)
}
