/**
 * What to type so that kube-proxy runs in another mode: `mode:` of the KubeProxyConfiguration, in the text where it stands. A text with
 * an error is left alone: an edit in it could not be applied. All else that was typed stays, comments and order too.
 */
import type { Cluster, ProxyMode } from './cluster/cluster.ts'
import { objectKey } from './cluster/object-ref.ts'
import { CLUSTER_CONFIGURATION, KUBE_PROXY_CONFIGURATION } from './cluster/read-cluster-config.ts'
import { textAt } from './manifest/json-fields.ts'
import type { Manifest } from './manifest/manifest.ts'
import { withField } from './manifest/with-field.ts'
import { refusedChange, errorIn, type TextChange, type TypedText } from './text-change.ts'

/**
 * The edit, in the file whose KubeProxyConfiguration the cluster holds. Where no file has one it is added behind the
 * ClusterConfiguration, with the clusterCIDR that kubeadm would write.
 * @param files of those that stand applied the ones that may hold a configuration, each with what was typed and not applied yet
 */
export function changeMode(cluster: Cluster, files: readonly TypedText[], mode: ProxyMode): TextChange {
  const held = fileOf(cluster, KUBE_PROXY_CONFIGURATION)
  const inOrder = files.toSorted((a, b) => Number(b.parsed.file === held) - Number(a.parsed.file === held))
  const broken = inOrder.find(({ parsed, text }) => isNamed(text) && errorIn(parsed) !== undefined)
  if (broken !== undefined) return refusedChange(broken)
  for (const { parsed, text } of inOrder) {
    const manifest = parsed.manifests.find(({ kind }) => kind === KUBE_PROXY_CONFIGURATION.kind)
    if (manifest === undefined) continue
    if (textAt(manifest.body, 'mode') === mode) return { kind: 'unchanged' }
    return { kind: 'edit', file: parsed.file, text: withMode(manifest, text, mode) }
  }
  const home = fileOf(cluster, CLUSTER_CONFIGURATION)
  const host = files.find(({ parsed }) => parsed.file === home) ?? files[0]
  if (host === undefined) return { kind: 'nowhere' }
  if (errorIn(host.parsed) !== undefined) return refusedChange(host)
  return { kind: 'edit', file: host.parsed.file, text: withConfiguration(cluster, host.text, mode) }
}

function fileOf(cluster: Cluster, ref: typeof CLUSTER_CONFIGURATION): string | undefined {
  return cluster.objects[objectKey(ref)]?.source?.file
}

function isNamed(text: string): boolean {
  return text.includes(KUBE_PROXY_CONFIGURATION.kind)
}

/** A field that is not there comes behind `kind`. */
function withMode({ source }: Manifest, text: string, mode: ProxyMode): string {
  return withField(source, text, ['mode'], mode, { where: 'behind', path: ['kind'] })
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
